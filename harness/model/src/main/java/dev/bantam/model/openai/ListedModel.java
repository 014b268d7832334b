package dev.bantam.model.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bantam.api.ModelException;
import dev.bantam.model.remote.Backend;
import dev.bantam.model.remote.Loaded;
import dev.bantam.model.server.Answer;
import dev.bantam.model.server.Failures;
import dev.bantam.model.server.Server;
import dev.bantam.model.server.ServerKind;
import dev.bantam.model.server.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** A model that the server lists, and its window as it is loaded. */
final class ListedModel implements Backend {
    private final Wire wire;
    private final Loaded loaded;

    ListedModel(Wire wire, String model) throws InterruptedException {
        this.wire = wire;
        ServerFacts facts = new ServerFacts(wire, model);
        OptionalInt window = facts.window();
        this.loaded = new Loaded(
                model, window.orElse(wire.server().kind().assumedWindow()), window.isPresent(), facts.images(), true);
    }

    /** The server's own name for a model; the one that is loaded for an empty name. */
    static String find(Wire wire, String id) throws ModelException, InterruptedException {
        Server server = wire.server();
        Failures failures = new Failures(server, id);
        Answer answer = wire.get(server.api() + "/models");
        if (answer.status() == 401 || answer.status() == 403) {
            throw failures.refused(answer);
        }
        List<String> models = new ArrayList<>();
        for (JsonNode model : answer.json().path("data")) {
            models.add(model.path("id").asText());
        }
        if (models.isEmpty() && !id.isEmpty()) {
            return id; // a server without a list: its first reply tells
        }
        if (id.isEmpty()) {
            return whatIsLoaded(wire, answer, models).orElseThrow(() -> failures.unknownModel(models));
        }
        return models.stream()
                .filter(id::equals)
                .findFirst()
                .or(() -> models.stream()
                        .filter(model -> plain(model).equals(plain(id)))
                        .findFirst())
                .orElseThrow(() -> failures.unknownModel(models));
    }

    private static Optional<String> whatIsLoaded(Wire wire, Answer list, List<String> models)
            throws InterruptedException {
        if (!wire.server().patient()) {
            return models.size() == 1 ? models.stream().findFirst() : Optional.empty();
        }
        if (wire.server().kind() == ServerKind.LMSTUDIO) {
            Optional<String> loaded = ServerFacts.loadedInLmStudio(wire);
            if (loaded.isPresent()) {
                return loaded;
            }
        }
        for (JsonNode model : list.json().path("data")) { // llama.cpp as a router
            if (model.path("status").path("value").asText().equals("loaded")) {
                return Optional.of(model.path("id").asText());
            }
        }
        return models.stream().findFirst();
    }

    /** llama.cpp names a model by its file's path; people by the file's name, with or without its ending. */
    private static String plain(String id) {
        String name = id.substring(id.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return name.endsWith(".gguf") ? name.substring(0, name.length() - 5) : name;
    }

    @Override
    public Loaded loaded() {
        return loaded;
    }

    @Override
    public OptionalInt windowNow() throws InterruptedException {
        return new ServerFacts(wire, loaded.model()).window();
    }
}
