package dev.bantam.sandbox;

import dev.bantam.api.Sandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** An agent in a process of its own, to be killed: runs one command in the sandbox of an {@link EscapeSuite}. */
final class KilledAgent {
    private KilledAgent() {}

    public static void main(String[] args) throws Exception {
        var constructor = Class.forName(args[0]).getDeclaredConstructor();
        constructor.setAccessible(true);
        EscapeSuite suite = (EscapeSuite) constructor.newInstance();
        Path workspace = Path.of(args[1]);
        Confinement confinement = Confinement.of(workspace, Map.of("PATH", System.getenv("PATH"), "HOME", "/root"));
        try (Sandbox sandbox = suite.open(confinement)) {
            sandbox.run(new Sandbox.Command(args[2], workspace, Duration.ofMinutes(5)), bytes -> {});
        }
    }
}
