package dev.bantam.ext.planact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.api.Arguments;
import dev.bantam.api.Event;
import dev.bantam.api.Event.Outcome;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.Part;
import dev.bantam.api.Person;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import dev.bantam.ext.FileTools;
import dev.bantam.ext.Rig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanActTest {
    private static final String PLAN =
            "I looked around.\n\n1. Write `a.py`; check: run it\n2. Write `b.py`\n\nThat is all.";

    @TempDir
    Path folder;

    private Path workspace;
    private final List<String> questions = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        workspace = Files.createDirectory(folder.resolve("workspace"));
    }

    private Rig rig(String mode) {
        return new Rig(workspace)
                .folders(folder.resolve("data"))
                .with(new PlanAct())
                .set("plan-act.mode", mode);
    }

    /** Somebody who gives these answers. */
    private Person answering(Integer... answers) {
        Deque<Integer> left = new ArrayDeque<>(List.of(answers));
        return (question, choices) -> {
            questions.add(question);
            return Optional.ofNullable(left.poll());
        };
    }

    @Test
    void nothingIsChangedBeforeThereIsAPlan() {
        Rig rig = rig("auto");
        rig.model
                .calls("write", "path", "a.py", "content", "x")
                .calls("bash", "command", "rm -r .")
                .calls("read", "path", "c.py")
                .does((request, listener) -> {
                    assertThat(workspace.resolve("a.py")).doesNotExist();
                    throw new ModelException(ModelException.Kind.REJECTED, "enough");
                });

        rig.run("make a and b");

        assertThat(rig.model.requests().getFirst().messages().getLast().text())
                .isEqualTo(
                        "Plan first and change nothing yet: until the plan is there you can use only read. Look at what"
                                + " you need. Then end your turn with the plan: a numbered list of small steps, one line each, that"
                                + " says what is changed in which file and how it is checked.");
        assertThat(rig.events(Event.ToolFinished.class))
                .extracting(finished -> finished.result().status())
                .containsExactly("refused", "refused", "failed");
        assertThat(rig.events(Event.ToolFinished.class).getFirst().result().content())
                .startsWith("write refused: a plan is made first");
        assertThat(rig.sandbox.commands()).isEmpty();
    }

    @Test
    void aPlanIsCarriedOutStepByStepAndLeavesItsState() throws Exception {
        Rig rig = rig("auto");
        rig.model
                .says(PLAN)
                .calls("write", "path", "a.py", "content", "x")
                .says("STEP DONE: a.py is there")
                .does((request, listener) -> {
                    assertThat(state()).contains("\"current\": 2", "\"state\": \"done\"", "\"phase\": \"acting\"");
                    return new Message.Assistant(
                            List.of(new Part.ToolCall("w2", "write", Arguments.of("path", "b.py", "content", "y"))),
                            Finish.TOOL_CALLS);
                })
                .says("STEP DONE: b.py too");

        assertThat(rig.run("make a and b").outcome()).isEqualTo(Outcome.COMPLETED);

        assertThat(harnessTexts(rig))
                .satisfiesExactly(
                        planning -> assertThat(planning).startsWith("Plan first"),
                        first -> assertThat(first)
                                .startsWith("The plan is agreed:\n1. Write `a.py`; check: run it\n2. Write `b.py`\n")
                                .contains("Now step 1 of 2: Write `a.py`; check: run it\nDo this step alone."),
                        second -> assertThat(second).startsWith("Now step 2 of 2: Write `b.py`\n"));
        assertThat(workspace.resolve("PLAN.md"))
                .hasContent(
                        "# Plan\n\nTask: make a and b\n\nStatus: approved\n\n1. Write `a.py`; check: run it\n2. Write"
                                + " `b.py`");
        assertThat(state()).contains("\"phase\": \"done\"");
        assertThat(rig.decisions()).contains("plan-act plan agreed", "plan-act plan done");
    }

    @Test
    void aStepThatFailsTwiceIsPlannedAnew() throws Exception {
        Rig rig = failing(rig("auto"));
        rig.model.says("1. Use the other way").calls("bash", "command", "good").says("done");

        assertThat(rig.run("make it").outcome()).isEqualTo(Outcome.COMPLETED);

        assertThat(harnessTexts(rig).get(2))
                .startsWith("Step 1 is not done yet. What failed:\nbash: exit 1: bad\n")
                .contains("Now step 1 of 2: Write `a.py`");
        assertThat(harnessTexts(rig).get(3)).startsWith("Step 1 has failed twice. What failed:\nbash: exit 1: bad\n");
        assertThat(harnessTexts(rig).get(4)).contains("1. Use the other way", "Now step 1 of 1: Use the other way");
        assertThat(rig.events(Event.ToolFinished.class).get(2).result()).isInstanceOf(ToolResult.Refused.class);
        assertThat(state()).contains("Use the other way").doesNotContain("a.py");
    }

    /** A model whose first step fails twice, and which then wants to write without a new plan. */
    private static Rig failing(Rig rig) {
        rig.tools(List.of(new FailingBash()));
        rig.model
                .says(PLAN)
                .calls("bash", "command", "bad")
                .says("I am through")
                .calls("bash", "command", "bad")
                .says("I am through again")
                .calls("bash", "command", "good");
        return rig;
    }

    @Test
    void aModelThatSaysThatAStepFailedOrIsDoneIsBelieved() {
        Rig rig = rig("auto");
        rig.tools(List.of(new FailingBash()));
        rig.model
                .says(PLAN)
                .calls("bash", "command", "good")
                .says("STEP FAILED: there is no python")
                .calls("bash", "command", "bad")
                .says("STEP DONE: grep found nothing, as it should")
                .calls("bash", "command", "good")
                .says("all is done");

        rig.run("make it");

        assertThat(harnessTexts(rig).get(2)).contains("STEP FAILED: there is no python");
        assertThat(harnessTexts(rig).get(3)).startsWith("Now step 2 of 2");
    }

    @Test
    void thePersonIsAskedBeforeAnythingIsChanged() throws Exception {
        Rig rig = rig("ask").asking(answering(0));
        rig.model
                .says(PLAN)
                .calls("write", "path", "a.py", "content", "x")
                .says("one")
                .says("two");

        rig.run("make a and b");

        assertThat(questions)
                .containsExactly("1. Write `a.py`; check: run it\n2. Write `b.py`\n\nCarry out this plan? It is in"
                        + " PLAN.md.");
        assertThat(workspace.resolve("a.py")).exists();
    }

    @Test
    void aNoChangesNothingAndTheNextPromptIsPlannedAgain() throws Exception {
        Rig rig = rig("ask").asking(answering(2, 0));
        rig.model
                .says(PLAN)
                .says("1. Write c.py")
                .calls("write", "path", "c.py", "content", "x")
                .says("done");

        Event.RunFinished no = rig.run("make a and b");
        assertThat(no.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(no.reason()).startsWith("the plan was not agreed to; it is in PLAN.md.");
        assertThat(Files.readString(workspace.resolve("PLAN.md"))).contains("Status: proposed");

        assertThat(rig.run("only c").outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(workspace.resolve("c.py")).exists();
    }

    @Test
    void thePersonMayChangeThePlanFirst() throws Exception {
        Deque<Integer> answers = new ArrayDeque<>(List.of(1, 0));
        Rig rig = rig("ask").asking((question, choices) -> {
            if (answers.size() == 1) {
                edit("2. Write `b.py`", "2. Write z.py");
            }
            return Optional.of(answers.poll());
        });
        rig.model
                .says(PLAN)
                .calls("write", "path", "a.py", "content", "x")
                .says("one")
                .says("two");

        rig.run("make a and b");

        assertThat(harnessTexts(rig).get(2)).startsWith("Now step 2 of 2: Write z.py");
    }

    private void edit(String from, String to) {
        try {
            Path file = workspace.resolve("PLAN.md");
            Files.writeString(file, Files.readString(file).replace(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void withoutAPersonThePlanWaitsAndRunsOnceItIsApproved() throws Exception {
        Rig first = rig("ask");
        first.model.says(PLAN);

        Event.RunFinished waiting = first.run("make a and b");

        assertThat(waiting.reason())
                .contains("the plan is in PLAN.md and waits for a yes")
                .contains("--plan require=PLAN.md");
        assertThatThrownBy(() -> rig("require").run("go")).hasMessageContaining("PLAN.md is not approved");
        edit("Status: proposed", "Status: approved");
        Rig second = rig("require").session("second");
        second.model.calls("write", "path", "a.py", "content", "x").says("one").says("two");

        second.run("Carry out the plan.");

        assertThat(second.model.requests().getFirst().messages().getLast().text())
                .startsWith("This plan is being carried out:\n1. [current] Write `a.py`")
                .contains("Now step 1 of 2");
        assertThat(workspace.resolve("a.py")).exists();
    }

    @Test
    void aRequiredPlanThatIsMissingOrEmptyIsSaid() throws IOException {
        assertThatThrownBy(() -> rig("require").run("go")).hasMessageContaining("the plan PLAN.md does not exist");
        Files.writeString(workspace.resolve("PLAN.md"), "# Plan\n\nStatus: approved\n\nDo it.\n");
        assertThatThrownBy(() -> rig("require").run("go")).hasMessageContaining("has no steps");
        assertThatThrownBy(() -> rig("auto").set("plan-act.file", "../x.md").run("go"))
                .hasMessageContaining("plan-act.file is ../x.md");
    }

    @Test
    void aFileOfSomebodyElseIsNotWrittenOverAndALinkNotFollowed() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(workspace.resolve(".bantam"), outside);
        Files.writeString(workspace.resolve("PLAN.md"), "my own plans\n");
        Rig rig = rig("auto");
        rig.model.says(PLAN).says("one").says("two");

        rig.run("make a and b");

        assertThat(workspace.resolve("PLAN.md")).hasContent("my own plans\n");
        assertThat(workspace.resolve("PLAN-2.md")).exists();
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aReplyWithoutAPlanIsRemindedOnceThenTheWorkGoesOnOrStops() {
        Rig auto = rig("auto");
        auto.model
                .says("Hello!")
                .says("Hello again!")
                .calls("write", "path", "a.py", "content", "x")
                .says("ok");
        Rig ask = rig("ask").session("ask").asking(answering());
        ask.model.says("Hello!").says("Hello again!");

        assertThat(auto.run("hi").outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(harnessTexts(auto).get(2)).isEqualTo("Go on without a plan: do now what was asked.");
        assertThat(workspace.resolve("a.py")).exists();
        assertThat(ask.run("hi").reason()).startsWith("the model made no plan, and nothing was changed.");
    }

    @Test
    void aQuestionGoesToThePerson() {
        Rig rig = rig("ask").asking(answering());
        rig.model.says("Which of the two files do you mean?");

        assertThat(rig.run("make it").outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void aModelThatDidEverythingAtOnceIsNotAskedAboutEachStep() throws Exception {
        Rig rig = rig("auto");
        rig.model
                .says("1. a\n2. b\n3. c\n4. d\n5. e\n")
                .calls("write", "path", "a.py", "content", "x")
                .says("all five are done")
                .says("it was done already")
                .says("so was this");

        assertThat(rig.run("make it").outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(state()).contains("\"claimed\"", "\"open\"");
    }

    @Test
    void aSessionThatIsTakenUpAgainGoesOnAtItsStep() throws IOException {
        Rig rig = rig("auto");
        rig.model
                .says(PLAN)
                .calls("write", "path", "a.py", "content", "x")
                .says("one")
                .fails(new ModelException(ModelException.Kind.REJECTED, "the server is gone"));
        rig.run("make a and b");
        Rig resumed = rig("off").after(rig.conversation());
        resumed.model.calls("write", "path", "b.py", "content", "x").says("done");
        Rig planted = rig("off").session("another");
        planted.model.says("ok");

        resumed.run("go on");
        planted.run("go on");

        assertThat(resumed.model.requests().getFirst().messages().getLast().text())
                .startsWith(
                        "This plan is being carried out:\n1. [done] Write `a.py`; check: run it\n2. [current] Write")
                .contains("Now step 2 of 2");
        assertThat(planted.conversation()).hasSize(1);
    }

    @Test
    void thePlanGoesThroughACompactionWhole() {
        Rig rig = rig("auto");
        rig.model.says(PLAN);
        for (int i = 0; i < 3; i++) {
            rig.model.calls("bash", "command", "x".repeat(40_000));
        }
        rig.model.says("a summary of something else").says("one").says("two");

        rig.run("make a and b");

        assertThat(rig.events(Event.Compacted.class)).isNotEmpty();
        assertThat(rig.conversation().getFirst().text())
                .contains(
                        "## Plan\nThis plan is being carried out:\n1. [current] Write `a.py`; check: run it\n2. [open]");
    }

    @Test
    void doesNothingUntilItIsAskedForByTheCommand() {
        Rig rig = rig("off").asking(answering(0));
        rig.model
                .says("1. This is\n2. no plan")
                .says(PLAN)
                .calls("write", "path", "a.py", "content", "x")
                .says("one")
                .says("two")
                .says("three");

        rig.run("a list, please");
        assertThat(rig.conversation()).hasSize(1);
        assertThat(workspace).isEmptyDirectory();

        assertThat(command(rig, "")).startsWith("Say what is to be done: a plan is made first, and you are asked");
        assertThat(command(rig, "")).isEqualTo("A plan is made next.");
        assertThat(command(rig, "what")).isEqualTo("/plan takes ask, auto or off, not \"what\".");
        rig.run("make a and b");
        assertThat(workspace.resolve("a.py")).exists();
        rig.run("thanks");
        assertThat(questions).hasSize(1);
        assertThat(command(rig, "off")).isEqualTo("No plan is made or carried out.");
    }

    private static String command(Rig rig, String argument) {
        return rig.agent().commands().getFirst().run().apply(argument);
    }

    private String state() {
        try {
            return Files.readString(workspace.resolve(".bantam/progress.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> harnessTexts(Rig rig) {
        return rig.conversation().stream()
                .filter(message -> message instanceof Message.User user && user.origin() == Message.Origin.HARNESS)
                .map(Message::text)
                .toList();
    }

    /** Fails for the command {@code bad}. */
    private record FailingBash() implements Tool {
        @Override
        public ToolSpec spec() {
            return FileTools.BASH;
        }

        @Override
        public boolean readOnly() {
            return false;
        }

        @Override
        public ToolResult run(Arguments arguments, ToolContext context) {
            String command = arguments.text("command");
            return command.equals("bad") ? new ToolResult.Failed("exit 1: bad") : new ToolResult.Done("fine");
        }
    }
}
