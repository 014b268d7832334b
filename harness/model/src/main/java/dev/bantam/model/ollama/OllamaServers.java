package dev.bantam.model.ollama;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ModelException;
import dev.bantam.model.remote.RemoteModel;
import dev.bantam.model.server.Server;
import dev.bantam.model.server.Wire;
import java.util.OptionalInt;

/** Opens models on an Ollama server. */
public final class OllamaServers {
    private OllamaServers() {}

    /**
     * Finds a model on a server.
     *
     * @param id its name there, with or without {@code :latest}; empty for the one that is loaded
     * @param contextTokens the window to ask for
     */
    public static ChatModel open(Server server, String id, OptionalInt contextTokens)
            throws ModelException, InterruptedException {
        Wire wire = new Wire(server);
        try {
            OllamaBackend backend = new OllamaBackend(wire, id);
            return new RemoteModel(wire, new OllamaProtocol(server, backend.loaded()), backend, contextTokens);
        } catch (ModelException | InterruptedException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }
}
