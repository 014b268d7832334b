package dev.bantam.model.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.bantam.model.server.Clients;
import dev.bantam.model.server.Json;
import dev.bantam.model.server.Server;
import dev.bantam.model.server.ServerKind;
import dev.bantam.model.server.Timing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Asks one local server, briefly, what it has. Whatever does not answer in time, or not as its kind would, is not there. */
final class ServerProbe {
    private final ServerKind kind;
    private final Server server;
    private final Duration patience;

    ServerProbe(ServerKind kind, String address, Duration patience) {
        this.kind = kind;
        this.server = Server.at(kind, address, Optional.empty(), Timing.USUAL);
        this.patience = patience;
        if (!server.loopback()) {
            throw new IllegalArgumentException(address + " is not on this machine");
        }
    }

    List<Found> find() throws InterruptedException {
        try (HttpClient http = Clients.builder(false).connectTimeout(patience).build()) {
            List<Found> found = switch (kind) {
                case LLAMACPP -> llamaCpp(http);
                case LMSTUDIO -> lmStudio(http);
                case OLLAMA -> ollama(http);
                case VLLM, OPENAI, OPENROUTER, ANTHROPIC -> listed(http);
            };
            http.shutdownNow();
            return found;
        }
    }

    private List<Found> llamaCpp(HttpClient http) throws InterruptedException {
        List<Found> found = new ArrayList<>();
        JsonNode models = get(http, server.api() + "/models").path("data");
        int window = models.isEmpty()
                ? 0
                : get(http, server.root() + "/props")
                        .path("default_generation_settings")
                        .path("n_ctx")
                        .asInt();
        for (JsonNode model : models) {
            String state = model.path("status").path("value").asText("loaded");
            found.add(found(model.path("id").asText(), state.equals("loaded"), window, 0));
        }
        return found;
    }

    private List<Found> lmStudio(HttpClient http) throws InterruptedException {
        List<Found> found = new ArrayList<>();
        for (JsonNode model : get(http, server.root() + "/api/v0/models").path("data")) {
            if (!model.path("type").asText().equals("embeddings")) {
                found.add(found(
                        model.path("id").asText(),
                        model.path("state").asText().equals("loaded"),
                        model.path("loaded_context_length").asInt(),
                        0));
            }
        }
        return found;
    }

    private List<Found> ollama(HttpClient http) throws InterruptedException {
        JsonNode models = get(http, server.root() + "/api/tags").path("models");
        if (models.isEmpty()) {
            return List.of();
        }
        Map<String, Integer> windows = new HashMap<>();
        for (JsonNode running : get(http, server.root() + "/api/ps").path("models")) {
            windows.put(
                    running.path("name").asText(),
                    running.path("context_length").asInt());
        }
        List<Found> found = new ArrayList<>();
        for (JsonNode model : models) {
            String name = model.path("name").asText();
            found.add(found(
                    name,
                    windows.containsKey(name),
                    windows.getOrDefault(name, 0),
                    model.path("size").asLong()));
        }
        return found;
    }

    private List<Found> listed(HttpClient http) throws InterruptedException {
        List<Found> found = new ArrayList<>();
        for (JsonNode model : get(http, server.api() + "/models").path("data")) {
            found.add(found(
                    model.path("id").asText(), true, model.path("max_model_len").asInt(), 0));
        }
        return found;
    }

    private Found found(String id, boolean loaded, int window, long bytes) {
        return new Found(
                kind.word() + "/" + id,
                loaded ? Found.Kind.LOADED : Found.Kind.ON_SERVER,
                (loaded ? "loaded in " : "known to ")
                        + server.title()
                        + (window > 0 ? ", window of " + window + " tokens" : ""),
                window > 0 ? OptionalInt.of(window) : OptionalInt.empty(),
                bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty());
    }

    private JsonNode get(HttpClient http, String url) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(patience).build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200
                    ? Json.read(response.body()).orElse(MissingNode.getInstance())
                    : MissingNode.getInstance();
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
