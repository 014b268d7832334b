package dev.bantam.model.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.bantam.api.ModelException;
import dev.bantam.model.remote.Backend;
import dev.bantam.model.remote.Loaded;
import dev.bantam.model.server.Answer;
import dev.bantam.model.server.Failures;
import dev.bantam.model.server.ServerKind;
import dev.bantam.model.server.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A model of Ollama, and the window that is asked for it. */
final class OllamaBackend implements Backend {
    private static final Pattern NUM_CTX = Pattern.compile("(?m)^\\s*num_ctx\\s+(\\d+)");

    private final Wire wire;
    private final Loaded loaded;

    OllamaBackend(Wire wire, String id) throws ModelException, InterruptedException {
        this.wire = wire;
        String model = find(wire, id);
        JsonNode facts = wire.post(wire.server().root() + "/api/show", Map.of("model", model))
                .json();
        String abilities = facts.path("capabilities").toString();
        this.loaded = new Loaded(
                model,
                window(facts, running(model)),
                false,
                abilities.contains("vision"),
                abilities.contains("thinking"));
    }

    /**
     * The window to ask for: the model file's own {@code num_ctx}; else what is loaded, if that is more than the usual;
     * at most what the model was trained for. Ollama's own default of 4,096 is never enough for an agent.
     */
    private static int window(JsonNode facts, OptionalInt loadedNow) {
        int wanted = Math.max(ServerKind.OLLAMA.assumedWindow(), loadedNow.orElse(0));
        Matcher own = NUM_CTX.matcher(facts.path("parameters").asText(""));
        if (own.find()) {
            wanted = Integer.parseInt(own.group(1));
        }
        JsonNode info = facts.path("model_info");
        int trained = info.path(info.path("general.architecture").asText() + ".context_length")
                .asInt();
        return trained > 0 ? Math.min(wanted, trained) : wanted;
    }

    private static String find(Wire wire, String id) throws ModelException, InterruptedException {
        String root = wire.server().root();
        Failures failures = new Failures(wire.server(), id);
        Answer tags = wire.get(root + "/api/tags");
        if (tags.status() == 401 || tags.status() == 403) {
            throw failures.refused(tags);
        }
        List<String> models = names(tags.json());
        if (id.isEmpty()) {
            List<String> running = names(wire.get(root + "/api/ps").json());
            return running.isEmpty()
                    ? models.stream().findFirst().orElseThrow(() -> failures.unknownModel(models))
                    : running.getFirst();
        }
        String full = id.contains(":") ? id : id + ":latest";
        if (models.isEmpty() || models.contains(id)) {
            return id;
        }
        return models.stream()
                .filter(full::equals)
                .findFirst()
                .or(() -> models.stream()
                        .filter(name -> name.startsWith(id + ":"))
                        .findFirst())
                .orElseThrow(() -> failures.unknownModel(models));
    }

    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        for (JsonNode model : list.path("models")) {
            names.add(model.path("name").asText(model.path("model").asText()));
        }
        return names;
    }

    @Override
    public Loaded loaded() {
        return loaded;
    }

    @Override
    public OptionalInt windowNow() throws InterruptedException {
        return running(loaded.model());
    }

    /** Old versions report only what they read anew; a window that holds the whole request had no reason to cut it. */
    @Override
    public boolean mayHaveCached(long likely) throws InterruptedException {
        return windowNow().orElse(0) > likely;
    }

    private OptionalInt running(String model) throws InterruptedException {
        JsonNode list =
                wire.tryGet(wire.server().root() + "/api/ps").map(Answer::json).orElse(MissingNode.getInstance());
        for (JsonNode entry : list.path("models")) {
            String name = entry.path("name").asText();
            int window = entry.path("context_length").asInt();
            if (window > 0 && (name.equals(model) || name.equals(model + ":latest"))) {
                return OptionalInt.of(window);
            }
        }
        return OptionalInt.empty();
    }
}
