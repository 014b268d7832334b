package dev.bantam.ext.turncap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.api.Event;
import dev.bantam.api.Event.Outcome;
import dev.bantam.api.Finish;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.TurnVerdict;
import dev.bantam.ext.Rig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnCapTest {
    private static final String KEY = "turn-cap.max-turns";

    @TempDir
    Path folder;

    @Test
    void stopsARunThatWouldGoOnAtTheLimit() {
        Rig rig = new Rig(folder).with(new TurnCap()).set(KEY, 3);
        rig.model.calls("bash", "command", "1").calls("bash", "command", "2").calls("bash", "command", "3");

        Event.RunFinished finished = rig.run("go");

        assertThat(finished.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(finished.turns()).isEqualTo(3);
        assertThat(finished.reason())
                .isEqualTo("reached the limit of 3 turns before the work was done; raise it with --max-turns or "
                        + "turn-cap.max-turns");
        assertThat(rig.sandbox.commands()).hasSize(3);
        assertThat(rig.decisions()).containsExactly("turn-cap turn stop");
    }

    @Test
    void letsARunThatEndsAtTheLimitComplete() {
        Rig rig = new Rig(folder).with(new TurnCap()).set(KEY, 2);
        rig.model.calls("bash", "command", "1").says("done");

        assertThat(rig.run("go").outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void countsEveryPromptAnew() {
        Rig rig = new Rig(folder).with(new TurnCap()).set(KEY, 2);
        rig.model
                .calls("bash", "command", "1")
                .says("one")
                .calls("bash", "command", "2")
                .says("two");

        assertThat(rig.run("go").outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.run("go on").outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void letsARunEndAtTheLimitThoughSomebodyObjects() {
        Hooks nagging = new Hooks() {
            @Override
            public TurnVerdict judgeTurn(Turn turn) {
                return new TurnVerdict.Nudge("again", "never content");
            }
        };
        Rig rig = new Rig(folder).with("nagging", nagging).with(new TurnCap()).set(KEY, 2);
        rig.model.says("1").says("2");

        Event.RunFinished finished = rig.run("go");

        assertThat(finished.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(finished.turns()).isEqualTo(2);
    }

    @Test
    void stopsARunThatUsesTooManyTokens() {
        Rig rig = new Rig(folder).with(new TurnCap()).set("turn-cap.max-tokens", 2_000);
        rig.model
                .calls("bash", "command", "x".repeat(4_000))
                .calls("bash", "command", "2")
                .calls("bash", "command", "3");

        Event.RunFinished finished = rig.run("go");

        assertThat(finished.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(finished.turns()).isEqualTo(2);
        assertThat(finished.reason())
                .isEqualTo(
                        "reached the limit of 2000 tokens before the work was done; raise it with turn-cap.max-tokens");
    }

    @Test
    void endsAReplyThatIsMadeWhenTheTimeIsOver() {
        Rig rig = new Rig(folder).with(new TurnCap()).set("turn-cap.max-minutes", 0.001);
        rig.model.does((request, listener) -> {
            for (int word = 0; word < 1_000 && !listener.enough(); word++) {
                Thread.sleep(10);
                listener.text("word " + word);
            }
            boolean ended = listener.enough();
            return new Message.Assistant(List.of(new Part.Text("never ends")), ended ? Finish.HALTED : Finish.STOP);
        });

        Event.RunFinished finished = rig.run("go");

        assertThat(finished.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(finished.reason()).startsWith("reached the limit of 0.001 minutes");
        assertThat(rig.decisions()).containsExactly("turn-cap reply halted", "turn-cap turn stop");
    }

    @Test
    void givesACommandNoMoreThanTheRestOfTheTime() {
        Rig rig = new Rig(folder).with(new TurnCap()).set("turn-cap.max-minutes", 0.2);
        Rig free = new Rig(folder).with(new TurnCap());
        for (Rig each : List.of(rig, free)) {
            each.model
                    .calls("bash", "command", "make")
                    .calls("bash", "command", "make", "timeout_s", 3)
                    .says("ok");
            each.run("go");
        }

        assertThat(rig.sandbox.commands())
                .extracting(command -> command.timeLimit().toSeconds())
                .satisfiesExactly(
                        rest -> assertThat(rest).isBetween(4L, 12L),
                        asked -> assertThat(asked).isEqualTo(3));
        assertThat(rig.decisions()).containsExactly("turn-cap call shortened");
        assertThat(free.sandbox.commands())
                .extracting(command -> command.timeLimit().toSeconds())
                .containsExactly(30L, 3L);
    }

    @Test
    void stopsARunThatCostsTooMuchByThePricesSet() {
        Rig rig = new Rig(folder)
                .with(new TurnCap())
                .set("turn-cap.max-usd", 0.5)
                .set("turn-cap.usd-per-million-output", 500.0);
        rig.model.calls("bash", "command", "x".repeat(4_400)).calls("bash", "command", "2");

        Event.RunFinished finished = rig.run("go");

        assertThat(finished.turns()).isOne();
        assertThat(finished.reason())
                .isEqualTo("reached the limit of 0.5 dollars before the work was done; raise it with turn-cap.max-usd");
    }

    @Test
    void everyLimitBeginsAnewWithAPromptAndTwoSessionsShareNone() {
        Rig one = new Rig(folder).with(new TurnCap()).set("turn-cap.max-tokens", 1_500);
        Rig other = new Rig(folder).session("other").with(new TurnCap()).set("turn-cap.max-tokens", 1_500);
        for (Rig rig : List.of(one, other)) {
            rig.model.calls("bash", "command", "x".repeat(3_000)).says("one").says("two");
        }

        for (Rig rig : List.of(one, other)) {
            assertThat(rig.run("go").outcome()).isEqualTo(Outcome.COMPLETED);
        }
        assertThat(one.run("go on").outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void refusesALimitBelowOne() {
        Rig rig = new Rig(folder).with(new TurnCap()).set(KEY, 0);

        assertThatThrownBy(() -> rig.run("go"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("turn-cap.max-turns is 0; it must be at least 1");
    }
}
