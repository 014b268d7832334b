package dev.bantam.ext;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Arguments;
import dev.bantam.api.Event;
import dev.bantam.api.Event.Outcome;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.ModelProfile;
import dev.bantam.api.Part;
import dev.bantam.ext.keepgoing.KeepGoing;
import dev.bantam.ext.loopguard.LoopGuard;
import dev.bantam.ext.thinkingbudget.ThinkingBudget;
import dev.bantam.ext.toolcallrepair.ToolCallRepair;
import dev.bantam.ext.turncap.TurnCap;
import dev.bantam.ext.verifybeforedone.VerifyBeforeDone;
import dev.bantam.ext.writeguard.WriteGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Those that hold a drifting model, all on at once. */
class DriftTogetherTest {
    @TempDir
    Path folder;

    @Test
    void aTurnIsObjectedToOnce() {
        Rig rig = rig();
        rig.model
                .calls("write", "path", "a.json", "content", "{")
                .says("Done. Now let me run the tests.") // announced
                .says("Done.") // broken
                .says("I fixed it. Now it is done.") // still broken
                .says("Done.");

        rig.run("Write a.json.");

        assertThat(objections(rig))
                .allSatisfy((turn, count) -> assertThat(count).isOne());
        assertThat(rig.decisions())
                .containsExactly(
                        "keep-going turn take_up", "verify-before-done turn nudge", "verify-before-done turn nudge");
    }

    @Test
    void emptyRepliesAreAnsweredOnceEach() {
        Rig rig = rig();
        Message.Assistant empty = new Message.Assistant(List.of(), Finish.STOP);
        rig.model.answers(empty).answers(empty).says("Nothing to do.");

        rig.run("go");

        assertThat(objections(rig)).containsOnlyKeys(1, 2);
        assertThat(rig.decisions()).containsExactly("harness turn nudge", "loop-guard turn nudge");
    }

    @Test
    void whatComesBeforeStaysAsItWasSent() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "one");
        Rig rig = rig();
        for (int i = 0; i < 4; i++) {
            rig.model.answers(new Message.Assistant(
                    List.of(new Part.ToolCall("r" + i, "read", Arguments.of("path", "a.txt"))), Finish.TOOL_CALLS));
        }
        rig.model.says("Let me change a.txt.").says("I changed a.txt.").says("I could not do it.");

        rig.run("Change a.txt.");

        for (int i = 1; i < rig.model.requests().size(); i++) {
            List<Message> before = rig.model.requests().get(i - 1).messages();
            assertThat(rig.model.requests().get(i).messages().subList(0, before.size()))
                    .isEqualTo(before);
        }
    }

    @Test
    void aModelThatTakesNoGuidanceIsLeftAlone() {
        Rig rig = rig();
        rig.model.of(new ModelProfile(
                "tiny",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                true,
                OptionalDouble.empty(),
                OptionalInt.empty(),
                false,
                false));
        for (int i = 0; i < 5; i++) {
            rig.model.calls("bash", "command", "make");
        }
        rig.model.says("Done. Now let me run the tests.");

        Event.RunFinished finished = rig.run("Fix a.txt.");

        assertThat(finished.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.decisions()).isEmpty();
    }

    @Test
    void sessionsOfOneProcessKnowNothingOfOneAnother() {
        Rig one = rig().session("one");
        Rig other = rig().session("other");
        for (Rig rig : List.of(one, other)) {
            rig.model.calls("bash", "command", "make").calls("bash", "command", "make");
            rig.model.says("Let me go on.").says("Let me go on.").says("Let me go on.");
        }

        one.run("go");
        other.run("go");

        assertThat(one.decisions()).isEqualTo(other.decisions()).hasSize(2);
    }

    private Rig rig() {
        return new Rig(folder)
                .with(new ToolCallRepair())
                .with(new WriteGuard())
                .with(new VerifyBeforeDone())
                .with(new KeepGoing())
                .with(new LoopGuard())
                .with(new ThinkingBudget())
                .with(new TurnCap());
    }

    private static Map<Integer, Long> objections(Rig rig) {
        return rig.events(Event.Decided.class).stream()
                .filter(decided -> decided.kind().equals("turn"))
                .collect(Collectors.groupingBy(Event.Decided::turn, Collectors.counting()));
    }
}
