package dev.bantam.model.discovery;

import dev.bantam.model.server.ServerKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Looks for running local servers at their usual ports, all at once, and for model files in the usual folders. */
public final class Discovery {
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final Map<ServerKind, String> servers;
    private final Duration patience;
    private final List<Path> folders;

    /**
     * @param servers where each kind of server would be; addresses on this machine only
     * @param patience how long one question may take
     * @param folders where to look for files
     */
    public Discovery(Map<ServerKind, String> servers, Duration patience, List<Path> folders) {
        this.servers = new LinkedHashMap<>(servers);
        this.patience = patience;
        this.folders = List.copyOf(folders);
    }

    /** The usual ports and folders. {@code ~} is {@code $HOME} before Java's {@code user.home}. */
    public static Discovery usual(Function<String, Optional<String>> environment) {
        Map<ServerKind, String> servers = new LinkedHashMap<>();
        for (ServerKind kind : List.of(ServerKind.LLAMACPP, ServerKind.OLLAMA, ServerKind.LMSTUDIO, ServerKind.VLLM)) {
            servers.put(kind, kind.defaultUrl());
        }
        return new Discovery(servers, PATIENCE, ModelFolders.usual(environment));
    }

    /** Everything: models that are loaded first, then those that a server could load, then files. */
    public List<Found> find() throws InterruptedException {
        List<Found> found = new ArrayList<>(onServers());
        found.sort(java.util.Comparator.comparing(Found::kind));
        found.addAll(new ModelFolders(folders).find());
        return List.copyOf(found);
    }

    /** What running servers have, in the order of their kinds. */
    public List<Found> onServers() throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Found>>> asked = servers.entrySet().stream()
                    .map(server ->
                            threads.submit(() -> new ServerProbe(server.getKey(), server.getValue(), patience).find()))
                    .toList();
            List<Found> found = new ArrayList<>();
            for (Future<List<Found>> answer : asked) {
                found.addAll(answer.get());
            }
            return found;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
