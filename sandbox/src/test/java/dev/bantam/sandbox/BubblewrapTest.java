package dev.bantam.sandbox;

import dev.bantam.api.Sandbox;
import dev.bantam.testkit.SandboxContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

@NeedsSandbox("bubblewrap")
class BubblewrapTest extends SandboxContract {
    @Override
    protected Sandbox open(Path workspace) throws IOException {
        Unprivileged.give(workspace);
        return new Bubblewrap(
                Confinement.of(workspace, Map.of("PATH", System.getenv("PATH"), "HOME", "/root", "API_KEY", "secret")));
    }

    @Override
    protected void handOver(Path made) throws IOException {
        Unprivileged.give(made);
    }

    @Override
    protected Set<String> ownVariables() {
        return Set.of("NO_COLOR", "PAGER", "GIT_PAGER", "GIT_TERMINAL_PROMPT", "BANTAM_COMMAND");
    }
}
