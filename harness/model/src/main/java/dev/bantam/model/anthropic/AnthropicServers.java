package dev.bantam.model.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.bantam.api.ChatModel;
import dev.bantam.api.ModelException;
import dev.bantam.model.remote.Backend;
import dev.bantam.model.remote.Loaded;
import dev.bantam.model.remote.RemoteModel;
import dev.bantam.model.server.Answer;
import dev.bantam.model.server.Failures;
import dev.bantam.model.server.Server;
import dev.bantam.model.server.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Opens models of Anthropic, or of a server that speaks its Messages. */
public final class AnthropicServers {
    private AnthropicServers() {}

    /** Finds a model. A server without a list of models is taken at its word. */
    public static ChatModel open(Server server, String id, OptionalInt contextTokens)
            throws ModelException, InterruptedException {
        Wire wire = new Wire(server);
        try {
            Failures failures = new Failures(server, id);
            Answer answer = wire.get(server.api() + "/models?limit=1000");
            if (answer.status() == 401 || answer.status() == 403) {
                throw failures.refused(answer);
            }
            JsonNode listed = find(answer.json().path("data"), id, failures);
            int window = listed.path("max_input_tokens").asInt();
            Loaded loaded = new Loaded(id, window > 0 ? window : server.kind().assumedWindow(), window > 0, true, true);
            return new RemoteModel(
                    wire,
                    new AnthropicProtocol(server, id, ThinkingStyle.of(id, listed)),
                    new Fixed(loaded),
                    contextTokens);
        } catch (ModelException | InterruptedException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    /** A name without a date, such as claude-sonnet-4-5, stands for the newest of its dates. */
    private static JsonNode find(JsonNode list, String id, Failures failures) throws ModelException {
        List<String> names = new ArrayList<>();
        for (JsonNode model : list) {
            String name = model.path("id").asText();
            if (name.equals(id) || !id.isEmpty() && name.startsWith(id + "-")) {
                return model;
            }
            names.add(name);
        }
        if (id.isEmpty() || !names.isEmpty() && !id.endsWith("-latest")) {
            throw failures.unknownModel(names);
        }
        return MissingNode.getInstance();
    }

    private record Fixed(Loaded loaded) implements Backend {
        @Override
        public OptionalInt windowNow() {
            return OptionalInt.empty();
        }
    }
}
