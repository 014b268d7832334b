package dev.bantam.tui;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.IntSupplier;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/** The terminals that this process was started in. */
public final class Terminals {
    private static final List<String> PROVIDERS = List.of("ffm", "exec");

    private Terminals() {}

    /** A stream that is a terminal, and how many columns that has now. */
    record Stream(PrintStream out, IntSupplier width) {}

    /**
     * The terminal of an interactive session, or a dumb one where there is none. Nothing is asked from it: a probe would
     * be answered in the middle of what the person types.
     *
     * @throws IOException if not even a dumb terminal can be had
     */
    public static Terminal open() throws IOException {
        return TerminalBuilder.builder()
                .system(true)
                .providers(String.join(",", PROVIDERS))
                .dumb(true)
                .encoding(StandardCharsets.UTF_8)
                .graphemeCluster(false)
                .nativeSignals(true)
                .build();
    }

    /** Whether somebody sits before this process: both its input and its output are terminals. */
    public static boolean interactive() {
        return provider().stream()
                .anyMatch(
                        known -> known.isSystemStream(SystemStream.Input) && known.isSystemStream(SystemStream.Output));
    }

    static Optional<Stream> standardError() {
        return provider()
                .filter(known -> known.isSystemStream(SystemStream.Error))
                .map(known -> new Stream(
                        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                        () -> columns(known)));
    }

    private static int columns(TerminalProvider provider) {
        int columns = provider.systemStreamWidth(SystemStream.Error);
        return columns > 0 ? columns : 80;
    }

    private static Optional<TerminalProvider> provider() {
        for (String name : PROVIDERS) {
            try {
                return Optional.of(TerminalProvider.load(name));
            } catch (IOException | ServiceConfigurationError | LinkageError absent) {
                continue; // the next one needs less from the system
            }
        }
        return Optional.empty();
    }
}
