package dev.bantam.sandbox.docker;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where an engine would be: {@code DOCKER_HOST}, or a socket at one of the usual places. */
final class EngineAddress {
    private EngineAddress() {}

    /** The addresses to try, in this order; empty where there is nothing to try. */
    static List<URI> candidates(Map<String, String> environment) {
        String named = environment.getOrDefault("DOCKER_HOST", "");
        if (!named.isBlank()) {
            return List.of(URI.create(named.strip()));
        }
        List<Path> sockets = new ArrayList<>();
        sockets.add(Path.of("/var/run/docker.sock"));
        folder(environment, "XDG_RUNTIME_DIR").ifPresent(folder -> sockets.add(folder.resolve("docker.sock")));
        folder(environment, "HOME").ifPresent(home -> {
            sockets.add(home.resolve(".docker/run/docker.sock")); // Docker Desktop
            sockets.add(home.resolve(".colima/default/docker.sock"));
            sockets.add(home.resolve(".orbstack/run/docker.sock"));
            sockets.add(home.resolve(".rd/docker.sock")); // Rancher Desktop
        });
        folder(environment, "XDG_RUNTIME_DIR").ifPresent(folder -> sockets.add(folder.resolve("podman/podman.sock")));
        sockets.add(Path.of("/run/podman/podman.sock"));
        return sockets.stream()
                .filter(Files::exists)
                .map(socket -> URI.create("unix://" + socket))
                .toList();
    }

    private static Optional<Path> folder(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }
}
