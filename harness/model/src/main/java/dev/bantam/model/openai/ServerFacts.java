package dev.bantam.model.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.bantam.model.server.Answer;
import dev.bantam.model.server.ServerKind;
import dev.bantam.model.server.Wire;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What each kind of server tells of a model besides its name, where it tells it.
 *
 * <table>
 * <caption>Where the loaded window is found</caption>
 * <tr><td>llama.cpp</td><td>{@code /props}: {@code default_generation_settings.n_ctx}, {@code /slots}: {@code n_ctx}</td></tr>
 * <tr><td>LM Studio</td><td>{@code /api/v0/models}: {@code loaded_context_length}; 0.4: {@code /api/v1/models}</td></tr>
 * <tr><td>vLLM</td><td>{@code /v1/models}: {@code max_model_len}</td></tr>
 * <tr><td>OpenRouter</td><td>{@code /v1/models}: {@code context_length}</td></tr>
 * </table>
 */
final class ServerFacts {
    private final Wire wire;
    private final String model;
    private OptionalInt window = OptionalInt.empty();
    private boolean images;

    ServerFacts(Wire wire, String model) throws InterruptedException {
        this.wire = wire;
        this.model = model;
        switch (wire.server().kind()) {
            case LLAMACPP -> askLlamaCpp();
            case LMSTUDIO -> askLmStudio();
            case OPENAI -> {
                askTheList();
                images = wire.server().root().equals(ServerKind.OPENAI.defaultUrl());
            }
            case VLLM, OPENROUTER -> askTheList();
            case OLLAMA, ANTHROPIC -> {}
        }
    }

    OptionalInt window() {
        return window;
    }

    boolean images() {
        return images;
    }

    private void askLlamaCpp() throws InterruptedException {
        String root = wire.server().root();
        String query = "?model=" + URLEncoder.encode(model, StandardCharsets.UTF_8);
        JsonNode props = json(root + "/props" + query);
        images = props.path("modalities").path("vision").asBoolean();
        window = positive(props.path("default_generation_settings").path("n_ctx"));
        for (JsonNode slot : json(root + "/slots" + query)) { // -np N divides the window by N
            OptionalInt share = positive(slot.path("n_ctx"));
            if (share.isPresent() && share.getAsInt() < window.orElse(Integer.MAX_VALUE)) {
                window = share;
            }
        }
        if (window.isEmpty()) {
            askTheList();
        }
    }

    private void askLmStudio() throws InterruptedException {
        String root = wire.server().root();
        for (JsonNode entry : json(root + "/api/v0/models").path("data")) {
            if (entry.path("id").asText().equals(model)) {
                images = entry.path("type").asText().equals("vlm");
                window = positive(entry.path("loaded_context_length"));
            }
        }
        if (window.isPresent()) {
            return;
        }
        for (JsonNode entry : json(root + "/api/v1/models").path("models")) {
            for (JsonNode instance : entry.path("loaded_instances")) {
                if (instance.path("id").asText().equals(model)
                        || entry.path("key").asText().equals(model)) {
                    images = entry.path("capabilities").path("vision").asBoolean();
                    window = positive(instance.path("config").path("context_length"));
                }
            }
        }
    }

    private void askTheList() throws InterruptedException {
        for (JsonNode entry : json(wire.server().api() + "/models").path("data")) {
            if (entry.path("id").asText().equals(model)) {
                window = positive(entry.path("max_model_len"));
                window = window.isPresent() ? window : positive(entry.path("context_length"));
                window = window.isPresent()
                        ? window
                        : positive(entry.path("meta").path("n_ctx"));
                images = entry.path("architecture")
                        .path("input_modalities")
                        .toString()
                        .contains("image");
            }
        }
    }

    static Optional<String> loadedInLmStudio(Wire wire) throws InterruptedException {
        for (JsonNode entry : wire.tryGet(wire.server().root() + "/api/v0/models")
                .map(Answer::json)
                .orElse(MissingNode.getInstance())
                .path("data")) {
            if (entry.path("state").asText().equals("loaded")
                    && !entry.path("type").asText().equals("embeddings")) {
                return Optional.of(entry.path("id").asText());
            }
        }
        return Optional.empty();
    }

    private JsonNode json(String url) throws InterruptedException {
        return wire.tryGet(url).map(Answer::json).orElse(MissingNode.getInstance());
    }

    private static OptionalInt positive(JsonNode number) {
        return number.asInt() > 0 ? OptionalInt.of(number.asInt()) : OptionalInt.empty();
    }
}
