package dev.bantam.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Sandbox;
import dev.bantam.testkit.SandboxContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
        Set<String> own = new HashSet<>(Network.NONE.environment().keySet());
        own.addAll(Set.of("NO_COLOR", "PAGER", "GIT_PAGER", "GIT_TERMINAL_PROMPT", "BANTAM_COMMAND"));
        return own;
    }

    @Test
    void packageToolsAreToldThatThereIsNoNetwork() throws Exception {
        assertThat(run("echo $npm_config_fetch_retries $PIP_RETRIES $GOPROXY").output())
                .isEqualTo("0 0 off\n");
    }
}
