package dev.bantam.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Sandbox;
import dev.bantam.testkit.SandboxContract;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlainProcessTest extends SandboxContract {

    @Override
    protected Sandbox open(Path workspace) {
        Map<String, String> parent = new HashMap<>(System.getenv());
        parent.put("OPENAI_API_KEY", "sk-secret");
        parent.put("LD_PRELOAD", "/nowhere.so");
        parent.put("BASH_ENV", "/nowhere.sh");
        parent.put("LC_TIME", "C");
        return new PlainProcess(Confinement.of(workspace, parent));
    }

    @Override
    protected Set<String> ownVariables() {
        return Set.of(
                "VIRTUAL_ENV",
                "CONDA_PREFIX",
                "GOPATH",
                "GOROOT",
                "CARGO_HOME",
                "RUSTUP_HOME",
                "NVM_DIR",
                "PYENV_ROOT",
                "XDG_CONFIG_HOME",
                "XDG_CACHE_HOME",
                "XDG_DATA_HOME",
                "XDG_RUNTIME_DIR",
                "NO_COLOR",
                "PAGER",
                "GIT_PAGER",
                "GIT_TERMINAL_PROMPT",
                "BANTAM_COMMAND");
    }

    @Test
    void keepsKeysFromItsCommandsAndPassesTheLocale() throws Exception {
        assertThat(run("echo \"key=$OPENAI_API_KEY preload=$LD_PRELOAD env=$BASH_ENV time=$LC_TIME term=$TERM\"")
                        .output())
                .isEqualTo("key= preload= env= time=C term=dumb\n");
    }

    @Test
    void writesNoCoreDumps() throws Exception {
        assertThat(run("ulimit -c").output()).isEqualTo("0\n");
    }

    @Test
    void hasNoTerminalToAskAPersonOn() throws Exception {
        assertThat(run("(: < /dev/tty) 2>/dev/null && echo terminal || echo none")
                        .output())
                .isEqualTo("none\n");
    }
}
