package dev.bantam.sandbox.docker;

import dev.bantam.sandbox.Confinement;
import dev.bantam.sandbox.Limits;
import dev.bantam.sandbox.image.WorkspaceImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The engine that tests use, and an image: that of {@code BANTAM_TEST_IMAGE}, else any of the default ones that is there.
 */
public final class TestEngine {
    private static final long MIB = 1 << 20;

    private TestEngine() {}

    /** Why there is none, as a sentence. */
    public static Optional<String> obstacle() {
        try {
            image();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }

    static Engine find() throws IOException {
        return Engine.find(System.getenv());
    }

    private static String image() throws IOException {
        try (Engine engine = find()) {
            String named = System.getenv("BANTAM_TEST_IMAGE");
            return named != null
                    ? named
                    : WorkspaceImage.among(engine.images().names(), Set.of())
                            .orElseThrow(() -> new IOException("no image is there: bantam sandbox build"));
        }
    }

    /** A sandbox that finds its engine itself, wherever the confinement's environment says that it is. */
    public static DockerSandbox sandbox(Confinement confinement) throws IOException {
        Path control = confinement.workspace().resolveSibling("control folders");
        return new DockerSandbox(new DockerOptions(image(), 0, control), here(confinement));
    }

    private static Confinement here(Confinement confinement) {
        return new Confinement(
                confinement.workspace(),
                confinement.scratch(),
                confinement.cache(),
                confinement.caches(),
                confinement.network(),
                confinement.registries(),
                confinement.limits(),
                System.getenv());
    }

    static Confinement confinement(Path workspace) {
        return Confinement.of(workspace, System.getenv())
                .with(Limits.usual().withMemory(256 * MIB).withProcesses(128).withTemporary(64 * MIB));
    }
}
