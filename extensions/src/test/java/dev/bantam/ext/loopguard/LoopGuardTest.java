package dev.bantam.ext.loopguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Arguments;
import dev.bantam.api.Capabilities;
import dev.bantam.api.Event;
import dev.bantam.api.Event.Outcome;
import dev.bantam.api.Finish;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.ModelProfile;
import dev.bantam.api.Part;
import dev.bantam.api.SlashCommand;
import dev.bantam.api.ToolResult;
import dev.bantam.api.TurnVerdict;
import dev.bantam.ext.FileTools;
import dev.bantam.ext.Rig;
import dev.bantam.ext.ScriptedBash;
import dev.bantam.testkit.ScriptedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that go round in circles, in each way that it knows. Honest work is in {@link HonestWorkTest}. */
class LoopGuardTest {
    @TempDir
    Path folder;

    private Rig rig;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("a.py"), "x = 1\n");
        rig = new Rig(folder).with(new LoopGuard());
    }

    @Test
    void namesTheRepeatedCallBeforeTheNextRequest() {
        repeat(3, "read", "path", "a.py").says("done");

        rig.run("Fix a.py.");

        assertThat(rig.lastRead())
                .isEqualTo(
                        "You made the same call 3 times and got the same result each time. No file changed in between.\n"
                                + "read {\"path\": \"a.py\"}\nx = 1\nIt will give the same again. Do something different now: use"
                                + " what it told you. Make the next change, or look at another place. If the work is done, say what"
                                + " you did and call no tool.");
        assertThat(rig.decisions()).containsExactly("loop-guard turn nudge");
    }

    @Test
    void aTimeLimitBeforeACommandHidesNoLoop() {
        rig.tools(new ScriptedBash().withFiles());
        for (int seconds : List.of(10, 20, 30)) {
            rig.model.calls("bash", "command", "timeout -k 5 " + seconds + "s python3 nope.py");
        }
        rig.model.says("done");

        rig.run("go");

        assertThat(rig.decisions()).containsExactly("loop-guard turn nudge");
    }

    @Test
    void buildsTheSameAgainIsALoop() throws IOException {
        Files.createDirectory(folder.resolve("build"));
        ScriptedBash bash = new ScriptedBash();
        for (int i = 0; i < 5; i++) {
            bash.does(command -> {
                Files.writeString(folder.resolve("build/out"), "the same");
                return new ToolResult.Done("built");
            });
        }
        rig.tools(bash.withFiles());
        repeat(5, "bash", "command", "make").says("done");

        rig.run("go");

        assertThat(rig.decisions()).contains("loop-guard turn nudge");
    }

    @Test
    void aLoopOfTheShellThatDoesNotSleepIsNoWaiting() {
        repeat(3, "bash", "command", "while read f; do cat $f; done < files.txt")
                .says("done");

        rig.run("go");

        assertThat(rig.decisions()).containsExactly("loop-guard turn nudge");
    }

    @Test
    void takesEachStepOnlyWhenTheOneBeforeDidNotHelp() {
        repeat(9, "bash", "command", "make");

        Event.RunFinished finished = rig.run("go");

        assertThat(finished.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(finished.reason())
                .startsWith(
                        "the model goes round in circles: bash {\"command\": \"make\"} gave the same result 8 times");
        assertThat(rig.decisions())
                .containsExactly(
                        "loop-guard turn nudge",
                        "loop-guard turn nudge",
                        "loop-guard call held_back",
                        "loop-guard call refused",
                        "loop-guard call refused",
                        "loop-guard call refused",
                        "loop-guard turn stop");
        assertThat(rig.sandbox.commands()).hasSize(5);
        assertThat(rig.lastRead())
                .startsWith("bash refused: this call gave the same result again and again")
                .endsWith("Other tools: read, write, edit.");
    }

    @Test
    void aModelThatTakesTheAdviceGoesOnUnhindered() {
        repeat(4, "bash", "command", "make")
                .calls("edit", "path", "a.py", "old_text", "1", "new_text", "2")
                .calls("bash", "command", "make")
                .calls("bash", "command", "make")
                .says("done");

        assertThat(rig.run("go").outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.sandbox.commands()).hasSize(6);
        assertThat(rig.decisions()).containsExactly("loop-guard turn nudge", "loop-guard turn nudge");
    }

    @Test
    void aCallThatWasHeldBackMayRunAgainOnceSomethingChanged() {
        repeat(6, "bash", "command", "make")
                .calls("edit", "path", "a.py", "old_text", "1", "new_text", "2")
                .calls("bash", "command", "make")
                .says("done");

        rig.run("go");

        assertThat(rig.sandbox.commands()).hasSize(6);
        assertThat(rig.lastRead()).isEqualTo("ran make");
    }

    @Test
    void aCallThatWasHeldBackRunsWhenAFileChangedByItself() {
        ScriptedBash bash = new ScriptedBash();
        rig.tools(bash.prints("1", "1", "1", "1", "1", "2").withFiles());
        repeat(5, "bash", "command", "cat state.txt");
        rig.model.does((request, listener) -> {
            write("state.txt", "2");
            return new Message.Assistant(
                    List.of(new Part.ToolCall("late", "bash", Arguments.of("command", "cat state.txt"))),
                    Finish.TOOL_CALLS);
        });
        rig.model.says("done");

        rig.run("go");

        assertThat(rig.lastRead()).isEqualTo("2");
    }

    private void write(String name, String content) {
        try {
            Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theTurnIsTakenBackWhereThatCostsNothing() {
        rig.model.able(new Capabilities(true, false, true, false, false, false, false, true));
        repeat(4, "read", "path", "a.py").says("done");

        rig.run("go");

        assertThat(rig.decisions()).containsExactly("loop-guard turn nudge", "loop-guard turn roll_back");
        assertThat(rig.conversation().stream().filter(Message.ToolReply.class::isInstance))
                .hasSize(3);
        assertThat(rig.lastRead()).startsWith("You made the same call 4 times");
    }

    @Test
    void thePersonDecidesWhetherItGoesOn() {
        rig.asking((question, choices) -> {
            assertThat(question).contains("bash {\"command\": \"make\"} gave the same result 8 times");
            return Optional.of(choices.indexOf("Let it go on"));
        });
        repeat(8, "bash", "command", "make").says("done");

        assertThat(rig.run("go").outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.decisions()).contains("loop-guard turn asked");
    }

    @Test
    void aPersonWhoWillNotChooseStopsIt() {
        rig.asking((question, choices) -> Optional.empty());
        repeat(8, "bash", "command", "make");

        assertThat(rig.run("go").outcome()).isEqualTo(Outcome.STOPPED);
    }

    @Test
    void escalatesWhereTheSettingSaysSo() {
        rig.set("loop-guard.at-last", "escalate").set("loop-guard.strikes", 3);
        repeat(5, "bash", "command", "make");

        rig.run("go");

        assertThat(rig.decisions()).endsWith("loop-guard turn escalate");
    }

    @ParameterizedTest
    @CsvSource({"2, 6", "3, 9", "4, 12"})
    void noticesAPeriod(int period, int turns) throws IOException {
        for (int i = 0; i < period; i++) {
            Files.writeString(folder.resolve(i + ".txt"), "content " + i);
        }
        for (int i = 0; i < turns; i++) {
            rig.model.calls("read", "path", i % period + ".txt");
        }
        rig.model.says("done");

        rig.run("go");

        assertThat(rig.decisions()).containsExactly("loop-guard turn nudge");
        assertThat(rig.lastRead()).startsWith("You went through the same steps 3 times");
    }

    @Test
    void anEditThatGoesBackAndForthIsALoopToo() {
        for (int i = 0; i < 5; i++) {
            rig.model
                    .calls("edit", "path", "a.py", "old_text", "1", "new_text", "2")
                    .calls("edit", "path", "a.py", "old_text", "2", "new_text", "1");
        }
        rig.model.says("done");

        rig.run("go");

        assertThat(rig.decisions()).contains("loop-guard turn nudge");
    }

    @Test
    void callsThatDifferInSpellingAloneAreTheSame() {
        rig.model
                .calls("bash", "command", "python3 ./a.py")
                .calls("bash", "command", "python   a.py")
                .calls("bash", "command", "cd . && python3 a.py 2>&1", "timeout_s", 60)
                .says("done");
        rig.tools(new ScriptedBash()
                .prints("Ran 3 tests in 0.12s", "Ran 3 tests in 0.34s", "Ran 3 tests in 0.56s")
                .withFiles());

        rig.run("go");

        assertThat(rig.decisions()).containsExactly("loop-guard turn nudge");
    }

    @Test
    void otherPathsToTheSameFailureAreOne() {
        for (String path : List.of("src/b.py", "lib/b.py", "./b.py", "app/main/b.py")) {
            rig.model.calls("read", "path", path);
        }
        rig.model.says("done");

        rig.run("go");

        assertThat(rig.lastRead())
                .startsWith("read failed in the same way 4 times, and nothing was changed in between.")
                .contains("find the cause first");
        assertThat(rig.decisions()).containsExactly("loop-guard turn nudge");
    }

    @Test
    void anEditThatKeepsFailingIsAnsweredWithTheReadToMake() {
        for (String old : List.of("y = 1", "y=1", "y  =  1")) {
            rig.model
                    .calls("edit", "path", "a.py", "old_text", old, "new_text", "y = 2")
                    .calls("read", "path", "a.py");
        }
        rig.model.says("done");

        rig.run("go");

        Optional<String> nudge = rig.conversation().stream()
                .filter(Message.User.class::isInstance)
                .map(Message::text)
                .filter(text -> text.startsWith("edit failed in the same way 3 times"))
                .findFirst();
        assertThat(nudge).hasValueSatisfying(text -> assertThat(text).contains("call read with {\"path\": \"a.py\"}"));
        assertThat(FileTools.READ.field("path")).isPresent();
        assertThat(FileTools.EDIT.field("old_text")).isPresent();
    }

    @Test
    void anUnknownToolIsAnsweredWithTheToolsThatThereAre() {
        rig.model
                .calls("apply_patch", "patch", "1")
                .calls("patch", "patch", "2")
                .says("done");

        rig.run("go");

        assertThat(rig.lastRead())
                .isEqualTo("There is no tool patch. You called a tool that does not exist 2 times. The only tools are:"
                        + " read, write, edit, bash. Call one of these.");
    }

    @Test
    void turnsThatBringNothingNewAreCounted() throws IOException {
        rig.set("loop-guard.quiet-turns", 6);
        for (int i = 0; i < 5; i++) {
            Files.writeString(folder.resolve(i + ".txt"), "content " + i);
        }
        int[] order = {0, 1, 2, 3, 4, 0, 2, 1, 4, 3, 0};
        for (int i : order) {
            rig.model.calls("read", "path", i + ".txt");
        }
        rig.model.says("done");

        rig.run("go");

        assertThat(rig.decisions()).containsExactly("loop-guard turn nudge");
        assertThat(rig.lastRead()).startsWith("In your last 6 turns nothing was changed, and no result was new.");
    }

    @Test
    void aTestThatFailsAlikeAfterEveryChangeIsPointedOutAndNeverStopped() {
        ScriptedBash bash = new ScriptedBash();
        rig.tools(bash.withFiles());
        for (int i = 1; i < 16; i++) {
            rig.model
                    .calls("edit", "path", "a.py", "old_text", "x = " + i, "new_text", "x = " + (i + 1))
                    .calls("bash", "command", "pytest -q");
            bash.fails("AssertionError: 3 != 4");
        }
        rig.model.says("I could not find it.");

        assertThat(rig.run("go").outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.decisions()).containsExactly("loop-guard turn nudge", "loop-guard turn nudge");
        assertThat(rig.conversation().stream().map(Message::text))
                .anyMatch(text -> text.startsWith("This command failed in the same way 5 times, although you changed"));
    }

    @Test
    void aSecondReplyOfThoughtsAloneIsAnsweredPlainlyAndAskedForWithoutThinking() {
        Message.Assistant thoughts = new Message.Assistant(List.of(new Part.Thinking("hmm")), Finish.STOP);
        rig.model.answers(thoughts).answers(thoughts).says("done");

        rig.run("go");

        assertThat(rig.decisions()).containsExactly("harness turn nudge", "loop-guard turn nudge");
        assertThat(rig.lastRead()).startsWith("You thought again, and then neither called a tool nor answered.");
        assertThat(rig.model.requests())
                .extracting(request -> request.options().thinking().off())
                .containsExactly(false, false, true);
    }

    @Test
    void aThirdEmptyReplyIsLeftToTheLoopThatGivesUp() {
        Message.Assistant empty = new Message.Assistant(List.of(), Finish.STOP);
        rig.model.answers(empty).answers(empty).answers(empty);

        assertThat(rig.run("go").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(rig.decisions()).containsExactly("harness turn nudge", "loop-guard turn nudge");
    }

    @Test
    void whatAPersonAsksForAgainIsNoLoop() {
        for (int i = 0; i < 4; i++) {
            rig.model.calls("bash", "command", "pytest").says("ran");
        }
        for (int i = 0; i < 4; i++) {
            rig.run("Run the tests again.");
        }

        assertThat(rig.decisions()).isEmpty();
    }

    @Test
    void saysNothingWhereAnotherHasObjected() {
        rig = new Rig(folder)
                .with("other", new Hooks() {
                    @Override
                    public TurnVerdict judgeTurn(Turn turn) {
                        return turn.number() == 3 ? new TurnVerdict.Nudge("mine", "mine") : TurnVerdict.NO_OPINION;
                    }
                })
                .with(new LoopGuard());
        repeat(3, "read", "path", "a.py").says("done");

        rig.run("go");

        assertThat(rig.lastRead()).isEqualTo("mine");
    }

    @Test
    void whyShowsTheEvidence() {
        repeat(4, "read", "path", "a.py").says("done");
        SlashCommand why = rig.agent().commands().getFirst();
        assertThat(why.name()).isEqualTo("why");
        assertThat(why.run().apply("")).isEqualTo("No loop was seen in this session.");

        rig.run("go");

        assertThat(why.run().apply(""))
                .isEqualTo(
                        "turn 3: read {\"path\": \"a.py\"} gave the same result 3 times, and no file changed → nudge\n"
                                + "turn 4: read {\"path\": \"a.py\"} gave the same result 4 times, and no file changed → nudge");
    }

    @Test
    void twoSessionsShareNothing() {
        Rig other = new Rig(folder).session("other").with(new LoopGuard());
        repeat(2, "read", "path", "a.py").says("done");
        other.model.calls("read", "path", "a.py").calls("read", "path", "a.py").says("done");

        rig.run("go");
        other.run("go");

        assertThat(rig.decisions()).isEmpty();
        assertThat(other.decisions()).isEmpty();
    }

    @Test
    void aModelThatTakesNoAdviceIsOnlyEnded() {
        rig.model.of(new ModelProfile(
                "mute",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                true,
                OptionalDouble.empty(),
                OptionalInt.empty(),
                false,
                false));
        repeat(20, "read", "path", "none.py");

        Event.RunFinished finished = rig.run("What is this?");

        assertThat(finished.reason())
                .startsWith(
                        "the model goes round in circles: read {\"path\": \"none.py\"} gave the same result 8 times")
                .contains("it takes no advice. Give it a smaller task");
        assertThat(rig.decisions()).containsExactly("loop-guard turn stop");
    }

    private ScriptedModel repeat(int times, String tool, Object... arguments) {
        for (int i = 0; i < times; i++) {
            Part.ToolCall call = new Part.ToolCall("r" + i, tool, Arguments.of(arguments));
            rig.model.answers(new Message.Assistant(List.of(call), Finish.TOOL_CALLS));
        }
        return rig.model;
    }
}
