package dev.bantam.sandbox.docker;

import dev.bantam.api.Sandbox;
import dev.bantam.testkit.SandboxContract;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class DockerSandboxTest extends SandboxContract {
    @Override
    protected Sandbox open(Path workspace) {
        return TestEngine.sandbox(workspace);
    }

    @Override
    protected Set<String> ownVariables() {
        return Set.of("HOSTNAME", "NO_COLOR", "PAGER", "GIT_PAGER", "GIT_TERMINAL_PROMPT", "BANTAM_COMMAND");
    }
}
