package dev.bantam.tui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Event;
import dev.bantam.api.Event.Outcome;
import dev.bantam.api.ToolResult;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class EventLinesTest {
    private static final int WIDTH = 80;

    @Test
    void aFinishedCallSaysWhatItWasAboutAndHowLongItTook() {
        assertThat(said(WIDTH, Events.started("read", "path", "src/Calc.java"), done("read", 12)))
                .containsExactly("● read src/Calc.java  ✓ 12 ms");
        assertThat(said(WIDTH, Events.started("bash", "command", "mvn -q test"), done("bash", 3_210)))
                .containsExactly("● bash mvn -q test  ✓ 3.2 s");
        assertThat(said(WIDTH, Events.started("grep", "pattern", "add", "path", "src"), done("grep", 125_000)))
                .containsExactly("● grep add in src  ✓ 2 min 5 s");
    }

    @Test
    void anEditSaysHowManyLinesItPutsInAndTakesOut() {
        assertThat(said(
                        WIDTH,
                        Events.started("edit", "path", "A.java", "old_text", "a\nb\n", "new_text", "c"),
                        done("edit", 5)))
                .containsExactly("● edit A.java (+1 −2)  ✓ 5 ms");
    }

    @Test
    void aRefusalAndAFailureShowTheFirstLineOfTheirReason() {
        assertThat(said(
                        WIDTH,
                        Events.started("edit", "path", "Foo.java"),
                        Events.finished("edit", new ToolResult.Refused("edit refused: 3 times.\nAdd lines."), 3)))
                .containsExactly("● edit Foo.java (+0 −0)  refused", "  edit refused: 3 times.");
        assertThat(said(
                        WIDTH,
                        Events.started("bash", "command", "false"),
                        Events.finished("bash", new ToolResult.Failed("\n\u001b[31mexit code 1\u001b[0m\n"), 1_000)))
                .containsExactly("● bash false  ✗ 1 s", "  exit code 1");
    }

    @Test
    void decisionsCompactionAndEscalationTakeOneLineEach() {
        assertThat(said(
                        WIDTH,
                        new Event.Decided(Events.START, 1, "write-guard", "call", "refused", "It exists.\nUse edit.")))
                .containsExactly("write-guard refused: It exists.");
        assertThat(said(WIDTH, new Event.Compacted(Events.START, 1, 28_100, 9_400)))
                .containsExactly("context compacted 28.1k → 9.4k");
        assertThat(said(WIDTH, new Event.Escalated(Events.START, 1, "local/a", "cloud/b", "no progress")))
                .containsExactly("escalated local/a → cloud/b: no progress");
    }

    @Test
    void theEndOfARunCountsTurnsTokensAndTime() {
        assertThat(said(WIDTH, Events.turn(1), Events.ended(Outcome.COMPLETED, "")))
                .containsExactly("done in 4 turns · 12.3k in (91 % cached) · 512 out · 14 s");
        assertThat(said(WIDTH, Events.turn(1), Events.ended(Outcome.FAILED, "the server died\nstart it again")))
                .containsExactly(
                        "failed: the server died",
                        "start it again",
                        "4 turns · 12.3k in (91 % cached) · 512 out · 14 s");
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        String long中 = "中文".repeat(40) + "👍".repeat(20);
        for (int width : new int[] {20, 40, 41, 120}) {
            List<String> lines = said(
                    width,
                    Events.started("bash", "command", long中),
                    Events.finished("bash", new ToolResult.Failed(long中), 1),
                    new Event.Decided(Events.START, 1, "x", "call", "refused", long中),
                    Events.ended(Outcome.STOPPED, long中));
            assertThat(lines)
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(new AttributedString(line).columnLength())
                            .isLessThanOrEqualTo(width));
        }
    }

    @Test
    void aStatusStaysVisibleBesideALongCommand() {
        assertThat(said(40, Events.started("bash", "command", "x".repeat(200)), done("bash", 3_200)))
                .singleElement()
                .asString()
                .startsWith("● bash xxx")
                .endsWith("…  ✓ 3.2 s");
    }

    private static Event done(String tool, long tookMillis) {
        return Events.finished(tool, new ToolResult.Done("fine"), tookMillis);
    }

    private static List<String> said(int width, Event... events) {
        EventLines lines = new EventLines();
        List<String> said = new ArrayList<>();
        for (Event event : events) {
            lines.of(event, width).forEach(line -> said.add(line.toString()));
        }
        return said;
    }
}
