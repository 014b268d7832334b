package dev.bantam.sandbox;

import dev.bantam.sandbox.registry.Registries;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a sandbox is to be.
 *
 * @param workspace the one folder that commands may write; absolute, links resolved
 * @param scratch a folder that they may read besides: full outputs of earlier commands
 * @param cache where downloads of build tools are kept between sandboxes, for {@link Caches#OWN}
 * @param registries which hosts are reached with {@link Network#REGISTRIES}
 * @param environment of this program; what is harmless of it is passed on
 */
public record Confinement(
        Path workspace,
        Optional<Path> scratch,
        Optional<Path> cache,
        Caches caches,
        Network network,
        Registries registries,
        Limits limits,
        Map<String, String> environment) {
    public Confinement {
        environment = Map.copyOf(environment);
    }

    /** No network, no caches, the usual limits. */
    public static Confinement of(Path workspace, Map<String, String> environment) {
        return new Confinement(
                workspace,
                Optional.empty(),
                Optional.empty(),
                Caches.NONE,
                Network.NONE,
                Registries.usual(),
                Limits.usual(),
                environment);
    }

    public Confinement with(Limits other) {
        return new Confinement(workspace, scratch, cache, caches, network, registries, other, environment);
    }

    public Confinement with(Network other) {
        return new Confinement(workspace, scratch, cache, caches, other, registries, limits, environment);
    }

    public Confinement with(Registries other) {
        return new Confinement(workspace, scratch, cache, caches, network, other, limits, environment);
    }

    public Confinement withScratch(Path folder) {
        return new Confinement(workspace, Optional.of(folder), cache, caches, network, registries, limits, environment);
    }

    public Confinement with(Caches other, Path folder) {
        return new Confinement(
                workspace, scratch, Optional.of(folder), other, network, registries, limits, environment);
    }
}
