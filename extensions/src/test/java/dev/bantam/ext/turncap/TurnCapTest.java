package dev.bantam.ext.turncap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.api.Event;
import dev.bantam.api.Event.Outcome;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.TurnVerdict;
import dev.bantam.ext.Rig;
import java.nio.file.Path;
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
    void endsARunThatSomebodyKeepsFromEnding() {
        Hooks nagging = new Hooks() {
            @Override
            public TurnVerdict judgeTurn(Turn turn) {
                return new TurnVerdict.Nudge("again", "never content");
            }
        };
        Rig rig = new Rig(folder).with("nagging", nagging).with(new TurnCap()).set(KEY, 2);
        rig.model.says("1").says("2").says("3");

        Event.RunFinished finished = rig.run("go");

        assertThat(finished.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(finished.turns()).isEqualTo(3);
    }

    @Test
    void tellsTheModelFiveTurnsBeforeTheLimitAndOnlyOnce() {
        Rig rig = new Rig(folder).with(new TurnCap()).set(KEY, 10);
        for (int i = 1; i < 10; i++) {
            rig.model.calls("bash", "command", "step " + i);
        }
        rig.model.says("done");

        rig.run("go");

        assertThat(warnings(rig.model.requests().get(4).messages())).isZero();
        assertThat(rig.model.requests().get(5).messages().getLast().text())
                .isEqualTo("You have 5 turns left in this run; then it is stopped. Finish what matters most now, leave "
                        + "the files in a working state, and end with a short answer that says what is done and what is "
                        + "not.");
        assertThat(warnings(rig.conversation())).isOne();
        assertThat(rig.decisions()).containsExactly("turn-cap request guided");
    }

    @Test
    void doesNotWarnInAShortRun() {
        Rig rig = new Rig(folder).with(new TurnCap()).set(KEY, 9);
        for (int i = 1; i < 9; i++) {
            rig.model.calls("bash", "command", "step " + i);
        }
        rig.model.says("done");

        rig.run("go");

        assertThat(rig.decisions()).isEmpty();
    }

    @Test
    void refusesALimitBelowOne() {
        Rig rig = new Rig(folder).with(new TurnCap()).set(KEY, 0);

        assertThatThrownBy(() -> rig.run("go"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("turn-cap.max-turns is 0; it must be at least 1");
    }

    private static long warnings(java.util.List<Message> messages) {
        return messages.stream()
                .filter(message -> message.text().contains("turns left"))
                .count();
    }
}
