package dev.bantam.sandbox;

import dev.bantam.sandbox.registry.Relay;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The variables that a command sees: those of the user that are known to be harmless, never a key or a token, and some
 * that keep programs from waiting for a person.
 */
final class Environment {
    /** Every process of a command inherits it, wherever it goes; see {@link ProcessTree}. */
    static final String MARK = "BANTAM_COMMAND";

    /** The value for what belongs to the sandbox itself and to no command. */
    static final String NO_COMMAND = "none";

    private static final Set<String> PASSED = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "SHELL",
            "LANG",
            "LANGUAGE",
            "TZ",
            "TMPDIR",
            "JAVA_HOME",
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
            "XDG_RUNTIME_DIR");

    private static final Map<String, String> SET = Map.of(
            "TERM", "dumb",
            "NO_COLOR", "1",
            "PAGER", "cat",
            "GIT_PAGER", "cat",
            "GIT_TERMINAL_PROMPT", "0");

    private final Map<String, String> passed = new TreeMap<>();

    /** Folders of the host that an enclosure does not have. */
    private static final Set<String> OF_THE_HOST =
            Set.of("TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "SHELL");

    /** For an enclosure with a home folder of its own. */
    static Environment inside(Confinement confinement) {
        Environment inside = new Environment(confinement.environment());
        String home = BubblewrapArguments.home(confinement).toString();
        inside.passed.keySet().removeAll(OF_THE_HOST);
        inside.passed.putIfAbsent("PATH", "/usr/local/bin:/usr/bin:/bin");
        inside.passed.putAll(Map.of("HOME", home, "USER", "user", "LOGNAME", "user", "SHELL", Shell.INSIDE));
        inside.passed.putAll(confinement.network().environment());
        if (confinement.network() == Network.REGISTRIES) {
            inside.passed.putAll(Relay.environment());
        }
        return inside;
    }

    Environment(Map<String, String> parent) {
        parent.forEach((name, value) -> {
            if (PASSED.contains(name) || name.startsWith("LC_")) {
                passed.put(name, value);
            }
        });
    }

    /** As {@link #with}, for a command that has a terminal which draws. */
    Map<String, String> withTerminal(Map<String, String> added, String mark) {
        Map<String, String> variables = with(added, mark);
        if (!added.containsKey("TERM")) {
            variables.put("TERM", "xterm-256color");
        }
        return variables;
    }

    Map<String, String> with(Map<String, String> added, String mark) {
        Map<String, String> variables = new TreeMap<>(passed);
        variables.putAll(SET);
        variables.putAll(added);
        variables.put(MARK, mark);
        return variables;
    }
}
