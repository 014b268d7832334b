package dev.bantam.ext.turncap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Event.Outcome;
import dev.bantam.api.Message;
import dev.bantam.ext.Rig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinishWarningTest {
    private static final String KEY = "turn-cap.max-turns";

    @TempDir
    Path folder;

    private Rig rig() {
        return new Rig(folder).with(new TurnCap()).with(new FinishWarning());
    }

    @Test
    void tellsTheModelFiveTurnsBeforeTheLimitAndOnlyOnce() {
        Rig rig = steps(rig().set(KEY, 10), 8);
        rig.model.says("done");

        rig.run("go");

        assertThat(warnings(rig.model.requests().get(4).messages())).isZero();
        assertThat(rig.model.requests().get(5).messages().getLast().text())
                .isEqualTo("You have 5 turns left in this run; then it is stopped. Finish what matters most now, leave "
                        + "the files in a working state, and end with a short answer that says what is done and what is "
                        + "not.");
        assertThat(warnings(rig.conversation())).isOne();
        assertThat(rig.decisions()).containsExactly("finish-warning request guided");
    }

    @Test
    void tellsItAsManyTurnsBeforeAsTheSettingSays() {
        Rig rig = steps(rig().set(KEY, 10).set("finish-warning.turns", 2), 10);

        assertThat(rig.run("go").outcome()).isEqualTo(Outcome.STOPPED);

        assertThat(rig.model.requests().get(8).messages().getLast().text()).startsWith("You have 2 turns left");
        assertThat(warnings(rig.conversation())).isOne();
    }

    @Test
    void doesNotWarnInAShortRun() {
        Rig rig = steps(rig().set(KEY, 9), 7);
        rig.model.says("done");

        rig.run("go");

        assertThat(rig.decisions()).isEmpty();
    }

    @Test
    void isSilentWhereNothingStopsTheRun() {
        Rig rig = steps(new Rig(folder).with(new FinishWarning()), 80);
        rig.model.says("done");

        rig.run("go");

        assertThat(rig.decisions()).isEmpty();
    }

    @Test
    void warnsOfTheTokensThatAreLeftByWhatATurnTookUntilNow() {
        Rig rig = steps(rig().set("turn-cap.max-tokens", 4_000), 30);

        assertThat(rig.run("go").outcome()).isEqualTo(Outcome.STOPPED);

        int warned = 0;
        while (warnings(rig.model.requests().get(warned).messages()) == 0) {
            warned++;
        }
        assertThat(rig.model.requests().get(warned).messages().getLast().text())
                .matches("(?s)This run is stopped at 4000 tokens, and about \\d more turns fit\\. Finish .*");
        assertThat(rig.model.requests().size() - warned).isBetween(2, 6);
        assertThat(warnings(rig.conversation())).isOne();
    }

    @Test
    void everyPromptMayHaveItsWarning() {
        Rig rig = steps(rig().set(KEY, 10), 8);
        rig.model.says("one");
        steps(rig, 9).model.says("two");

        rig.run("go");
        rig.run("go on");

        assertThat(warnings(rig.conversation())).isEqualTo(2);
    }

    private static Rig steps(Rig rig, int count) {
        for (int i = 1; i <= count; i++) {
            rig.model.calls("bash", "command", "step " + i);
        }
        return rig;
    }

    private static long warnings(List<Message> messages) {
        return messages.stream()
                .filter(message -> message.text().contains("Finish what matters most now"))
                .count();
    }
}
