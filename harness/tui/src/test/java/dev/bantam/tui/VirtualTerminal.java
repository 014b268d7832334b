package dev.bantam.tui;

import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.utils.ScreenTerminal;
import org.jline.utils.ScreenTerminalOutputStream;

/** A terminal without a window: what was written to it, what its screen shows, and a keyboard. */
final class VirtualTerminal implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ScreenTerminal screen;
    final LineDisciplineTerminal terminal;

    VirtualTerminal(String type, int columns, int rows) throws IOException {
        screen = new ScreenTerminal(columns, rows);
        OutputStream shown =
                new ScreenTerminalOutputStream(screen, StandardCharsets.UTF_8, OutputStream.nullOutputStream());
        OutputStream tee = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                synchronized (bytes) {
                    bytes.write(b);
                }
                shown.write(b);
            }

            @Override
            public void flush() throws IOException {
                shown.flush();
            }
        };
        terminal = new LineDisciplineTerminal("virtual", type, tee, StandardCharsets.UTF_8);
        terminal.setSize(Size.of(columns, rows));
    }

    void type(String keys) throws IOException {
        terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
    }

    /** Everything that was ever written. */
    String written() {
        synchronized (bytes) {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    /** What was written, without styles and cursor movements. */
    String text() {
        return written().replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "");
    }

    /** What stands on the screen now. */
    String shown() {
        return screen.toString();
    }

    /** What has scrolled off the screen and what stands on it, row by row, without spaces at the ends. */
    String scrollback() {
        StringBuilder rows = new StringBuilder();
        for (long[] row : screen.getHistory()) {
            for (long cell : row) {
                int codePoint = ScreenTerminal.cellCodePoint(cell);
                rows.appendCodePoint(codePoint == 0 ? ' ' : codePoint);
            }
            rows.append('\n');
        }
        return rows.append(shown()).toString().replaceAll(" +(?=\n|$)", "");
    }

    void awaitText(String text) {
        await("the text «" + text + "»", () -> text().contains(text));
    }

    void awaitShown(String text) {
        await("on the screen «" + text + "»", () -> shown().contains(text));
    }

    void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                fail("waited in vain for " + what + "\n--- written\n"
                        + written().replace('\u001b', '␛') + "\n--- shown\n" + shown());
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
