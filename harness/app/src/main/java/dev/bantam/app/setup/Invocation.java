package dev.bantam.app.setup;

import dev.bantam.tui.Clean;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the program was started with. Everything that reads the environment or writes to the terminal gets it from here,
 * so that a test can start the program in its own process.
 *
 * @param terminalIn whether standard input is a terminal
 * @param terminalErr whether standard error is one
 */
public record Invocation(
        Map<String, String> environment,
        Path cwd,
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean terminalIn,
        boolean terminalOut,
        boolean terminalErr) {
    public Invocation {
        environment = Map.copyOf(environment);
    }

    /**
     * Prints a sentence for the person on standard error, with the program's name. It may quote a file or a server, so
     * what a terminal would obey is shown instead.
     */
    public void say(String sentence) {
        String text = Clean.text(sentence.strip());
        err.println("bantam: " + text + (text.matches("(?s).*[.!?]$") ? "" : "."));
    }
}
