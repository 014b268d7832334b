package dev.bantam.sandbox.docker;

import dev.bantam.sandbox.Confinement;
import dev.bantam.sandbox.Limits;
import java.io.IOException;
import java.nio.file.Path;

/** The engine and the image that tests use: those of {@code DOCKER_HOST} and {@code -Dbantam.test.image}. */
final class TestEngine {
    static final String IMAGE = System.getProperty("bantam.test.image", "bantam-test:busybox");
    private static final long MEGABYTE = 1 << 20;

    private TestEngine() {}

    static Engine find() throws IOException {
        return Engine.find(System.getenv());
    }

    static DockerSandbox sandbox(Path workspace) {
        return sandbox(confinement(workspace));
    }

    static DockerSandbox sandbox(Confinement confinement) {
        Path control = confinement.workspace().resolveSibling("control folders");
        return new DockerSandbox(new DockerOptions(IMAGE, 2, control), confinement);
    }

    static Confinement confinement(Path workspace) {
        return Confinement.of(workspace, System.getenv())
                .with(Limits.usual()
                        .withMemory(256 * MEGABYTE)
                        .withProcesses(128)
                        .withTemporary(64 * MEGABYTE));
    }
}
