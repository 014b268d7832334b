package dev.bantam.model.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bantam.api.ModelException;
import dev.bantam.api.ModelException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns what a server says when it fails into one sentence and a {@link Kind}. */
public final class Failures {
    private static final Pattern UNKNOWN_MODEL = Pattern.compile(
            "model_not_found|model .{0,200}(not found|does not exist|not exist|is not available)|unknown model"
                    + "|not a valid model|no such model|not_found_error",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LOADING = Pattern.compile("loading model|model is loading", Pattern.CASE_INSENSITIVE);

    private final Server server;
    private final String model;

    public Failures(Server server, String model) {
        this.server = server;
        this.model = model;
    }

    /** Whether the server says that it is not ready yet because it loads its model. */
    public boolean isLoading(Answer answer) {
        return answer.status() == 503
                && server.patient()
                && LOADING.matcher(answer.body()).find();
    }

    /** What an answer with an error status means. */
    public ModelException refused(Answer answer) {
        String said = message(answer.body());
        if (Overflow.isSaidIn(answer.body()) && answer.status() != 429 || answer.status() == 413) {
            return overflow(said);
        }
        return switch (answer.status()) {
            case 401, 403 -> authentication(said);
            case 404 -> unknownOrMissing(said);
            case 402 -> new ModelException(Kind.REJECTED, server.kind().title() + " wants to be paid first: " + said);
            case 429, 529 -> busy(answer, said);
            default -> {
                if (UNKNOWN_MODEL.matcher(answer.body()).find()) {
                    yield unknownModel(said);
                }
                yield answer.status() >= 500
                        ? new ModelException(
                                Kind.SERVER,
                                server.title() + " failed with HTTP " + answer.status() + ": " + said,
                                RetryAfter.of(answer, Instant.now()),
                                null)
                        : new ModelException(
                                Kind.REJECTED,
                                server.title() + " refused the request with HTTP " + answer.status() + ": " + said);
            }
        };
    }

    /** What an error object inside a stream means that had begun with status 200. */
    public ModelException inStream(JsonNode error) {
        String text = error.toString();
        String said = message(text);
        if (Overflow.isSaidIn(text)) {
            return overflow(said);
        }
        String type = error.path("type").asText("");
        int code = error.path("code").asInt(0);
        if (type.equals("overloaded_error") || type.equals("rate_limit_error") || code == 429) {
            return new ModelException(Kind.BUSY, server.kind().title() + " is busy: " + said);
        }
        if (type.equals("authentication_error") || code == 401) {
            return authentication(said);
        }
        if (UNKNOWN_MODEL.matcher(text).find()) {
            return unknownModel(said);
        }
        if (type.equals("invalid_request_error") || code == 400) {
            return new ModelException(Kind.REJECTED, server.title() + " refused the request: " + said);
        }
        return new ModelException(Kind.SERVER, server.title() + " failed in the middle of its reply: " + said);
    }

    public ModelException broken(String how) {
        return broken(how, null);
    }

    ModelException broken(String how, Throwable cause) {
        return new ModelException(
                Kind.BROKEN_STREAM,
                "The reply of " + server.title() + " broke off: " + how + ". Nothing of it is used.",
                cause);
    }

    ModelException unreachable(Throwable cause) {
        return new ModelException(
                Kind.UNREACHABLE,
                server.kind().startCommand().isPresent()
                        ? "Nothing answers at " + server.root() + ". Start "
                                + server.kind().title() + " with: "
                                + server.kind().startCommand().get() + ", or give its address with --base-url."
                        : server.kind().title() + " cannot be reached at " + server.root()
                                + ". Check the network connection and --base-url.",
                cause);
    }

    ModelException noAnswer(Duration limit, Throwable cause) {
        return new ModelException(
                Kind.BUSY,
                server.title() + " is there but did not answer within " + limit.toSeconds()
                        + " s: it may be busy with another request. Try again in a moment.",
                cause);
    }

    ModelException died() {
        return new ModelException(
                Kind.UNREACHABLE,
                server.title() + " ended while it was answering: it accepts no connections any more."
                        + server.kind()
                                .startCommand()
                                .map(command -> " Start it again with: " + command)
                                .orElse(""));
    }

    /** A model's name that the server does not have, with the names it has. */
    public ModelException unknownModel(List<String> models) {
        String nearest = Names.nearest(model, models)
                .map(name -> " Did you mean " + server.kind().word() + "/" + name + "?")
                .orElse("");
        String has = models.isEmpty()
                ? " It has no model at all."
                : " It has: " + String.join(", ", models.subList(0, Math.min(12, models.size())))
                        + (models.size() > 12 ? " and " + (models.size() - 12) + " more." : ".");
        return new ModelException(Kind.REJECTED, server.title() + " has no model \"" + model + "\"." + nearest + has);
    }

    public ModelException overflow(String said) {
        return new ModelException(
                Kind.OVERFLOW,
                "The prompt does not fit into the window of " + server.title() + ": " + said
                        + server.kind()
                                .windowMend(model)
                                .map(mend -> " " + mend)
                                .orElse(""));
    }

    private ModelException unknownModel(String said) {
        return new ModelException(
                Kind.REJECTED, server.title() + " does not know the model \"" + model + "\": " + said);
    }

    private ModelException unknownOrMissing(String said) {
        return UNKNOWN_MODEL.matcher(said).find()
                ? unknownModel(said)
                : new ModelException(
                        Kind.REJECTED,
                        server.title() + " answers 404 for the model \"" + model + "\": " + said
                                + " Check the model's name and --base-url.");
    }

    private ModelException authentication(String said) {
        return new ModelException(
                Kind.AUTHENTICATION,
                server.title()
                        + (server.key().isPresent() ? " did not accept the key in " : " wants a key: set ")
                        + server.kind().keyVariable() + ". It said: " + said);
    }

    private ModelException busy(Answer answer, String said) {
        if (answer.body().contains("insufficient_quota")) {
            return new ModelException(
                    Kind.REJECTED, "The quota of the key in " + server.kind().keyVariable() + " is used up: " + said);
        }
        return new ModelException(
                Kind.BUSY, server.kind().title() + " is busy: " + said, RetryAfter.of(answer, Instant.now()), null);
    }

    /** The human part of an error body, at most 400 characters in one line. */
    private static String message(String body) {
        String text = Json.read(body).flatMap(Failures::dig).orElse(body);
        String line = text.replaceAll("\\s+", " ").strip();
        if (line.length() > 400) {
            return line.substring(0, 400) + "…";
        }
        return line.isEmpty() ? "no reason was given." : line.matches(".*[.!?…]") ? line : line + ".";
    }

    private static Optional<String> dig(JsonNode node) {
        if (node.isTextual()) {
            return Optional.of(node.asText());
        }
        for (String name : List.of("error", "message", "detail", "msg")) {
            if (node.hasNonNull(name)) {
                Optional<String> found = dig(node.get(name));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
