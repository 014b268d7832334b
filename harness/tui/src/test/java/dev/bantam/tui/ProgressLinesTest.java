package dev.bantam.tui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Event.Outcome;
import dev.bantam.api.ToolResult;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressLinesTest {
    private final StringBuilder out = new StringBuilder();
    private Instant now = Events.START;
    private ProgressLines progress;

    @BeforeEach
    void startsARun() {
        progress = new ProgressLines(out, () -> 80, Ink.PLAIN, true, () -> now);
        progress.on(Events.turn(1));
    }

    @Test
    void readingShowsHowMuchIsLeft() {
        progress.on(Events.prefill(12_400, 31_000, 30_070, 410));
        progress.tick();
        assertThat(visible()).endsWith("reading 12.4k of 31k · 410/s · 45 s left · 97 % cached");
    }

    @Test
    void timeGoesOnWhileNothingStreamsForMinutes() {
        progress.tick();
        assertThat(visible()).endsWith("waiting for the model · 0 s");
        now = Events.after(192_000);
        progress.tick();
        assertThat(visible()).endsWith("waiting for the model · 3 min 12 s");
    }

    @Test
    void streamedTokensAreCountedWithTheirRate() {
        for (int i = 0; i < 40; i++) {
            progress.on(Events.thinking("so "));
        }
        now = Events.after(4_000);
        progress.tick();
        assertThat(visible()).endsWith("thinking… 40 tokens · 4 s · 10.0/s");
        progress.on(Events.text("Fine"));
        progress.tick();
        assertThat(visible()).endsWith("writing… 1 token · 4 s · 0.3/s");
    }

    @Test
    void aToolLineReplacesTheMovingLine() {
        progress.on(Events.started("bash", "command", "mvn test"));
        now = Events.after(2_000);
        progress.tick();
        assertThat(visible()).endsWith("bash mvn test · 2 s");
        progress.on(Events.finished("bash", new ToolResult.Done(""), 2_000));
        assertThat(out.toString()).contains("\r\u001b[2K● bash mvn test  ✓ 2.0 s\n".replace("2.0", "2"));
    }

    @Test
    void closingErasesTheMovingLineAndSilencesWhatComesLater() {
        progress.tick();
        progress.close();
        assertThat(out.toString()).endsWith("\r\u001b[2K");
        int length = out.length();
        progress.tick();
        progress.on(Events.ended(Outcome.COMPLETED, ""));
        assertThat(out).hasSize(length);
    }

    @Test
    void nothingMovesAfterTheRunHasEnded() {
        progress.on(Events.ended(Outcome.COMPLETED, ""));
        int length = out.length();
        progress.tick();
        assertThat(out).hasSize(length).asString().endsWith("14 s\n");
    }

    @Test
    void aDumbTerminalGetsFinishedLinesOnly() {
        StringBuilder plain = new StringBuilder();
        ProgressLines dumb = new ProgressLines(plain, () -> 80, Ink.PLAIN, false, () -> now);
        dumb.on(Events.turn(1));
        dumb.on(Events.prefill(1, 2, 0, 1));
        dumb.tick();
        dumb.on(Events.finished("ls", new ToolResult.Done(""), 1));
        dumb.close();
        assertThat(plain).asString().isEqualTo("● ls  ✓ 1 ms\n");
    }

    @Test
    @Timeout(20)
    void aStreamThatIsKnownToBeATerminalShowsAtOnceAndByItselfWhatTheRunDoes() throws InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream buffered = new PrintStream(new BufferedOutputStream(bytes), false, StandardCharsets.UTF_8);
        Map<String, String> environment = Map.of("TERM", "xterm", "NO_COLOR", "1", "COLUMNS", "30");
        try (ProgressLines terminal = ProgressLines.on(buffered, environment)) {
            terminal.on(Events.prefill(12_400, 31_000, 30_070, 0));
            while (!bytes.toString(StandardCharsets.UTF_8).contains("reading 12.4k of 31k")) {
                Thread.sleep(5);
            }
            terminal.on(Events.finished("x".repeat(99), new ToolResult.Done(""), 1));
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8).split("[\r\n]|\u001b\\[2K"))
                .anyMatch(line -> line.startsWith("● xxx"))
                .allMatch(line -> line.length() < 30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-5", "wide", "99999999999"})
    void aWidthThatIsNoneIsNotBelieved(String columns) {
        assertThat(Terminals.width(Map.of("COLUMNS", columns)).getAsInt()).isBetween(1, 9_999);
    }

    private String visible() {
        String text = out.toString();
        return text.substring(text.lastIndexOf('\r') + 1);
    }
}
