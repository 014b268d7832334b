package dev.bantam.model.openai;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ModelException;
import dev.bantam.model.remote.Backend;
import dev.bantam.model.remote.RemoteModel;
import dev.bantam.model.server.Server;
import dev.bantam.model.server.Wire;
import java.util.OptionalInt;

/** Opens models on OpenAI and on servers that speak like it. */
public final class OpenAiServers {
    private OpenAiServers() {}

    /**
     * Finds a model on a server.
     *
     * @param id its name there; empty for the one that is loaded, on a local server
     * @throws ModelException when the server is not there or does not have it
     */
    public static ChatModel open(Server server, String id, OptionalInt contextTokens)
            throws ModelException, InterruptedException {
        Wire wire = new Wire(server);
        try {
            Backend backend = new ListedModel(wire, ListedModel.find(wire, id));
            return new RemoteModel(
                    wire, new OpenAiProtocol(server, backend.loaded().model()), backend, contextTokens);
        } catch (ModelException | InterruptedException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }
}
