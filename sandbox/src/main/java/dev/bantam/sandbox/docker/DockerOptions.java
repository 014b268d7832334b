package dev.bantam.sandbox.docker;

import java.util.Set;

/**
 * What a container may take and reach.
 *
 * @param image a name that the engine knows, such as {@code debian:trixie-slim}
 * @param memoryBytes for all processes together; there is no swap beside it
 * @param processes at most so many at a time
 * @param temporaryBytes for {@code /tmp} and for the home folder, each; lies in memory
 * @param caches folders of the home folder that outlive the container, such as {@code .m2}
 */
public record DockerOptions(
        String image,
        Network network,
        long memoryBytes,
        double processors,
        int processes,
        long temporaryBytes,
        Set<String> caches) {
    /** What build tools keep below the home folder. */
    public static final Set<String> BUILD_CACHES =
            Set.of(".m2", ".gradle", ".npm", ".cache", ".cargo", ".rustup", "go", ".nuget");

    public DockerOptions {
        caches = Set.copyOf(caches);
    }

    /** What a command can reach. */
    public enum Network {
        /** Nothing, not even the machine that it runs on. */
        NONE,
        /** Whatever the engine's usual network reaches, this machine's own servers among it. */
        FULL
    }
}
