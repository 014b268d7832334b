package dev.bantam.ext.thinkingbudget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Arguments;
import dev.bantam.api.Capabilities;
import dev.bantam.api.Event.Outcome;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.ext.Rig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThinkingBudgetTest {
    @TempDir
    Path folder;

    @Test
    void aThoughtThatRunsOverIsEndedAndToldAsText() {
        Rig rig = rig(200);
        rig.model.answers(thinking(400, "call")).says("Done.");

        rig.run("go");

        assertThat(rig.model.requests()).hasSize(2);
        assertThat(rig.lastRead())
                .startsWith("You have thought long enough; this is what you thought:\n\nthought 0 thought 1")
                .endsWith(
                        "Now act on it, without thinking any further: make one tool call for the next step, or give the"
                                + " answer.");
        assertThat(rig.sandbox.commands()).isEmpty(); // the call behind the thought was never heard
        assertThat(rig.decisions()).containsExactly("thinking-budget reply halted");
    }

    @Test
    void theNextRequestAloneIsAskedWithoutThinking() {
        Rig rig = rig(200);
        rig.model
                .answers(thinking(400, "call"))
                .calls("bash", "command", "1")
                .answers(thinking(10, "call"))
                .says("Done.");

        rig.run("go");

        assertThat(levels(rig))
                .containsExactly(
                        ThinkingLevel.MODEL_DEFAULT,
                        ThinkingLevel.OFF,
                        ThinkingLevel.MODEL_DEFAULT,
                        ThinkingLevel.MODEL_DEFAULT);
        assertThat(rig.agent().thinking()).isEqualTo(ThinkingLevel.MODEL_DEFAULT);
    }

    @Test
    void worksOverSeveralTurnsAndPrompts() {
        Rig rig = rig(200);
        rig.model
                .answers(thinking(400, "call"))
                .calls("bash", "command", "1")
                .answers(thinking(400, "call"))
                .says("Done.")
                .answers(thinking(400, "call"))
                .says("Done again.");

        assertThat(rig.run("go").outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.run("go on").outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.decisions()).hasSize(3).containsOnly("thinking-budget reply halted");
        assertThat(levels(rig).stream().map(ThinkingLevel::off)).containsExactly(false, true, false, true, false, true);
    }

    @Test
    void aRunThatEndsRightAfterDoesNotTakeThinkingFromTheNextPrompt() {
        Rig rig = rig(200);
        rig.model
                .answers(thinking(400, "call"))
                .fails(new dev.bantam.api.ModelException(dev.bantam.api.ModelException.Kind.REJECTED, "gone"));
        rig.model.says("one").says("two");

        rig.run("go");
        rig.run("again");

        assertThat(levels(rig).getLast().off()).isFalse();
    }

    @Test
    void theTraceIsKeptWithinItsBound() {
        Rig rig = rig(2_000).set("thinking-budget.kept-tokens", 100);
        rig.model.answers(thinking(4_000, "call")).says("Done.");

        rig.run("go");

        String told = rig.lastRead();
        assertThat(rig.model.countTokens(told)).isLessThan(160);
        assertThat(told).contains("thought 0 ").contains("[…]").contains("thought 7");
    }

    @Test
    void theLevelThatWasAskedForIsTheBudget() {
        Rig rig = rig(1_000_000);
        rig.agent().thinking(new ThinkingLevel(java.util.Optional.of(100)));
        rig.model.answers(thinking(400, "call")).says("Done.");

        rig.run("go");

        assertThat(rig.decisions()).containsExactly("thinking-budget reply halted");
        assertThat(rig.agent().thinking().word()).isEqualTo("100");
    }

    @Test
    void aThoughtNeverTakesTheRoomOfTheAnswer() {
        Rig rig = rig(1_000_000);
        rig.model.answers(thinking(1_500, "call")).says("Done."); // 4,096 tokens are the most a reply has

        rig.run("go");

        assertThat(rig.decisions()).containsExactly("thinking-budget reply halted");
    }

    @Test
    void aServerThatThinksOnRegardlessIsLetGoOn() {
        Rig rig = rig(200);
        rig.model
                .answers(thinking(400, "call"))
                .answers(thinking(400, "call"))
                .answers(thinking(400, "call"))
                .says("Done.");

        assertThat(rig.run("go").outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.decisions()).hasSize(2);
        assertThat(rig.sandbox.commands()).hasSize(1);
    }

    @Test
    void aThoughtWithinItsBudgetIsLeftAlone() {
        Rig rig = rig(2_000);
        rig.model.answers(thinking(400, "call")).says("Done.");

        rig.run("go");

        assertThat(rig.decisions()).isEmpty();
        assertThat(rig.sandbox.commands()).hasSize(1);
    }

    @Test
    void longTextIsNoThought() {
        Rig rig = rig(100);
        rig.model.answers(new Message.Assistant(
                List.of(new Part.Thinking("short"), new Part.Text("word ".repeat(2_000))), Finish.STOP));

        rig.run("go");

        assertThat(rig.decisions()).isEmpty();
    }

    @Test
    void aModelThatClosesItsThoughtsItselfIsLeftAlone() {
        Rig rig = rig(100);
        rig.model.able(new Capabilities(true, false, true, false, false, false, false, true));
        rig.model.answers(thinking(1_000, "call")).says("Done.");

        rig.run("go");

        assertThat(rig.decisions()).isEmpty();
    }

    private Rig rig(int tokens) {
        return new Rig(folder).with(new ThinkingBudget()).set("thinking-budget.tokens", tokens);
    }

    private static List<ThinkingLevel> levels(Rig rig) {
        return rig.model.requests().stream()
                .map(request -> request.options().thinking())
                .toList();
    }

    /** Thinks so many words of nine characters or more, about three tokens each, and then calls. */
    private static Message.Assistant thinking(int words, String id) {
        StringBuilder thought = new StringBuilder();
        for (int i = 0; i < words; i++) {
            thought.append("thought ").append(i).append(' ');
        }
        return new Message.Assistant(
                List.of(
                        new Part.Thinking(thought.toString()),
                        new Part.ToolCall(id, "bash", Arguments.of("command", "make"))),
                Finish.TOOL_CALLS);
    }
}
