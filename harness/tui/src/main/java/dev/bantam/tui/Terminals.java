package dev.bantam.tui;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/** The terminals that this process was started in. */
public final class Terminals {
    private static final String NATIVE = "ffm";
    private static final List<String> PROVIDERS = List.of(NATIVE, "exec");
    private static final int UNKNOWN_WIDTH = 80;

    private Terminals() {}

    /** Standard error that is a terminal, and how many columns that has now. */
    record ErrorStream(PrintStream out, IntSupplier width) {}

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

    static Optional<ErrorStream> standardError() {
        return provider()
                .filter(known -> known.isSystemStream(SystemStream.Error))
                .map(known -> new ErrorStream(
                        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                        () -> columns(known, SystemStream.Error)));
    }

    /**
     * How many columns the terminal has now whose stream is not one of this process's standard ones: what
     * {@code COLUMNS} says, else the width of standard error or output where that is a terminal, else 80 (JLine cannot
     * tell the width of an input). Only looks: no program is started and nothing is written.
     */
    static IntSupplier width(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        if (columns.matches("[1-9]\\d{0,3}")) {
            int given = Integer.parseInt(columns);
            return () -> given;
        }
        return provider()
                .filter(known -> known.name().equals(NATIVE))
                .flatMap(known -> Stream.of(SystemStream.Error, SystemStream.Output)
                        .filter(known::isSystemStream)
                        .findFirst()
                        .<IntSupplier>map(stream -> () -> columns(known, stream)))
                .orElse(() -> UNKNOWN_WIDTH);
    }

    private static int columns(TerminalProvider provider, SystemStream stream) {
        int columns = provider.systemStreamWidth(stream);
        return columns > 0 ? columns : UNKNOWN_WIDTH;
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
