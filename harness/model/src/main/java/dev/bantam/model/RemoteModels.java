package dev.bantam.model;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ModelException;
import dev.bantam.model.anthropic.AnthropicServers;
import dev.bantam.model.ollama.OllamaServers;
import dev.bantam.model.openai.OpenAiServers;
import dev.bantam.model.script.ScriptModel;
import dev.bantam.model.server.Server;
import dev.bantam.model.server.ServerKind;
import java.net.URI;
import java.util.Optional;

/** Opens the models that do not run in this process. */
public final class RemoteModels {
    private RemoteModels() {}

    /**
     * Opens a model on a server, or a script. Asks the server for its models and the loaded window first.
     *
     * @throws ModelException when it is not there; one sentence says what to do
     * @throws IllegalArgumentException for a model that runs in this process, which is opened elsewhere
     */
    public static ChatModel open(ModelRef ref, ModelOptions options) throws ModelException, InterruptedException {
        return switch (ref) {
            case ModelRef.OnServer onServer -> open(onServer, options);
            case ModelRef.Script script -> ScriptModel.open(script.file(), options.contextTokens());
            case ModelRef.Local local -> throw inProcess(local.name());
            case ModelRef.File file -> throw inProcess(file.path().toString());
        };
    }

    private static ChatModel open(ModelRef.OnServer ref, ModelOptions options)
            throws ModelException, InterruptedException {
        Server server = server(ref.kind(), options);
        if (options.offline() && !server.loopback()) {
            throw new ModelException(
                    ModelException.Kind.REJECTED,
                    "Offline: " + server.title() + " is not on this machine, and nothing was sent to it. Use a local"
                            + " model, or leave out --offline (and the setting local-only).");
        }
        boolean usualAddress = server.root().equals(ref.kind().defaultUrl());
        if (!ref.kind().ownMachine() && usualAddress && server.key().isEmpty()) {
            throw new ModelException(
                    ModelException.Kind.AUTHENTICATION,
                    ref.kind().title() + " needs a key: set " + ref.kind().keyVariable()
                            + " in the environment or in the settings.");
        }
        return switch (ref.kind()) {
            case OPENAI, LLAMACPP, LMSTUDIO, VLLM, OPENROUTER ->
                OpenAiServers.open(server, ref.id(), options.contextTokens());
            case OLLAMA -> OllamaServers.open(server, ref.id(), options.contextTokens());
            case ANTHROPIC -> AnthropicServers.open(server, ref.id(), options.contextTokens());
        };
    }

    private static Server server(ServerKind kind, ModelOptions options) throws ModelException {
        String address = options.baseUrl()
                .or(() -> kind == ServerKind.OLLAMA ? ollamaHost(options) : Optional.empty())
                .orElse(kind.defaultUrl());
        Optional<String> key =
                options.settings().apply(kind.keyVariable()).map(String::strip).filter(value -> !value.isEmpty());
        try {
            Server server = Server.at(kind, address, key, options.timing());
            if (server.uri().getHost() != null) {
                return server;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new ModelException(
                ModelException.Kind.REJECTED,
                "\"" + address + "\" is no address. Write it like " + kind.defaultUrl() + ".");
    }

    /** Ollama's own variable: a host, with or without a port; {@code 0.0.0.0} is what a server listens to. */
    private static Optional<String> ollamaHost(ModelOptions options) {
        return options.settings()
                .apply("OLLAMA_HOST")
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .map(host -> host.contains("://") ? host : "http://" + host)
                .map(url -> url.replace("//0.0.0.0", "//127.0.0.1").replaceAll("/+$", ""))
                .map(url -> url.startsWith("http://") && URI.create(url).getPort() < 0 ? url + ":11434" : url);
    }

    private static IllegalArgumentException inProcess(String name) {
        return new IllegalArgumentException(name + " runs in this process and is not opened here");
    }
}
