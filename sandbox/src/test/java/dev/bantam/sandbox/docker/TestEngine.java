package dev.bantam.sandbox.docker;

import dev.bantam.sandbox.docker.DockerOptions.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** The engine and the image that tests use: those of {@code DOCKER_HOST} and {@code -Dbantam.test.image}. */
final class TestEngine {
    static final String IMAGE = System.getProperty("bantam.test.image", "bantam-test:busybox");
    private static final long MEGABYTE = 1 << 20;

    private TestEngine() {}

    static Engine find() throws IOException {
        return Engine.find(System.getenv());
    }

    static DockerSandbox sandbox(Path workspace) throws IOException {
        return new DockerSandbox(find(), options(), folders(workspace));
    }

    static DockerOptions options() {
        return new DockerOptions(IMAGE, Network.NONE, 256 * MEGABYTE, 2, 128, 64 * MEGABYTE, Set.of());
    }

    static SessionFolders folders(Path workspace) {
        Path beside = workspace.resolveSibling("beside the workspace");
        return new SessionFolders(
                workspace, beside.resolve("scratch"), beside.resolve("control"), beside.resolve("caches"));
    }
}
