package dev.bantam.ext.verifybeforedone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Event.Outcome;
import dev.bantam.api.Sandbox;
import dev.bantam.api.ToolResult;
import dev.bantam.ext.FileTools;
import dev.bantam.ext.Rig;
import dev.bantam.ext.ScriptedBash;
import dev.bantam.testkit.FakeSandbox;
import dev.bantam.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How each language's parser is asked is in {@link SyntaxCheckTest}. */
class VerifyBeforeDoneTest {
    private static final String NO_CHANGE =
            "You say that it is done, but in this run no file was changed. Make the change"
                    + " now, with edit or write. If no change is needed, say why.";

    @TempDir
    Path folder;

    private final ScriptedBash bash = new ScriptedBash();
    private Rig rig;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "one\n");
        rig = new Rig(folder).with(new VerifyBeforeDone()).tools(bash.withFiles());
    }

    @Test
    void doneWithoutTheChangeThatWasAskedForIsSentBack() {
        rig.model.calls("read", "path", "a.txt").says("I fixed the typo in a.txt.");
        edits().says("Done.");

        rig.run("Fix the typo in a.txt.");

        assertThat(rig.model.requests().get(2).messages().getLast().text()).isEqualTo(NO_CHANGE);
        assertThat(folder.resolve("a.txt")).hasContent("two");
        assertThat(rig.decisions()).containsExactly("verify-before-done turn nudge");
    }

    @Test
    void codeInTheReplyIsNoChange() {
        rig.model
                .says("Here is it:\n```python\nx = 1\n```")
                .says("No change is needed, since you only wanted to see it.");

        rig.run("Please write a function in a.py that adds.");

        assertThat(rig.lastRead()).startsWith("You showed code in your reply, but that changes no file.");
    }

    @Test
    void twiceAPromptIsEnough() {
        rig.model
                .says("Done.")
                .says("Done.")
                .says("Done.")
                .says("Done.")
                .says("Done.")
                .says("Done.");

        assertThat(rig.run("Fix a.txt.").turns()).isEqualTo(3);
        assertThat(rig.run("Fix a.txt.").turns()).isEqualTo(3);
    }

    @Test
    void anAnswerToTheFactIsTakenAndABareClaimIsNot() {
        rig.model
                .calls("write", "path", "a.json", "content", "{")
                .says("Done.")
                .says("Done now.")
                .says("This file is broken on purpose.")
                .calls("write", "path", "b.json", "content", "{")
                .says("Done.")
                .says("This file is broken on purpose.");

        assertThat(rig.run("Write a.json.").turns()).isEqualTo(4);
        assertThat(rig.run("Write b.json.").turns()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What does a.txt do?                  | It is done by the parser.
            Explain the code in a.txt.           | The loop was added later.
            Write a haiku.                       | Done: snow falls.
            Run the tests.                       | Done, all tests have finished.
            Fix a.txt, but do not change files.  | Done, I created a plan.
            Fix the bug in a.txt.                | I could not find it.
            Fix the bug in a.txt.                | No change is needed: it was fixed before.
            Add a flag to the parser.            | The parser already has this flag, added in March.
            Fix the bug in a.txt.                | Which bug do you mean? Is it done elsewhere?
            Fix the bug in a.txt.                | Let me look at what was changed.
            """)
    void whereNoChangeWasAskedForOrClaimedNothingIsSaid(String prompt, String reply) {
        rig.model.says(reply);

        assertThat(rig.run(prompt).turns()).isOne();
        assertThat(rig.decisions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Fix the typo in a.txt.",
                "Please add a test for the parser.",
                "Can you rename the function foo to bar?",
                "The build is broken. Please fix the error in main.c.",
                "Read a.txt and then update the config accordingly.",
                "1. Look at src/a.py\n2. Implement the missing method",
                "I need you to create a script that sorts lines."
            })
    void aChangeIsAskedForInManyWays(String prompt) {
        rig.model.says("Done.").says("I could not do it.");

        rig.run(prompt);

        assertThat(rig.lastRead()).isEqualTo(NO_CHANGE);
    }

    @Test
    void whatACommandMayHaveChangedCounts() {
        rig.model.calls("bash", "command", "sed -i s/one/two/ a.txt").says("Done, I changed a.txt.");

        rig.run("Change one to two in a.txt.");

        assertThat(rig.decisions()).isEmpty();
    }

    @Test
    void testsThatFailedLastAreShownAgainWithoutRunningThem() {
        bash.fails("x".repeat(5_000) + "\nFAILED test_a.py::test_one").prints("1 passed");
        edits().calls("bash", "command", "pytest -q").says("Done.");
        rig.model.calls("bash", "command", "pytest -q").says("Now it is done.");

        rig.run("Fix a.txt.");

        String told = rig.model.requests().get(3).messages().getLast().text();
        assertThat(told)
                .startsWith("You are not done: the tests fail. This is the end of what `pytest -q` printed:\n\n[…] xxx")
                .contains("FAILED test_a.py::test_one\nexit code 1\n\nFind the cause and mend it.")
                .hasSizeBetween(4_000, 4_300);
        assertThat(rig.sandbox.commands()).isEmpty();
        assertThat(rig.decisions()).containsExactly("verify-before-done turn nudge");
    }

    @Test
    void testsAreRunAgainWhenSomethingWasChangedSince() {
        bash.prints("1 passed");
        rig.commandsIn(answering(1, "1 failed"));
        rig.model.calls("bash", "command", "cd . && pytest -q 2>&1 | tail -n 5");
        edits().says("Done.").says("I could not mend the last failure.");

        rig.run("Fix a.txt.");

        assertThat(rig.lastRead())
                .startsWith(
                        "You are not done: the tests fail. This is the end of what `cd . && pytest -q` printed:\n\n1 failed");
        assertThat(rig.decisions()).containsExactly("verify-before-done tests failed", "verify-before-done turn nudge");
    }

    @Test
    void testsThatPassEndTheRun() {
        bash.fails("1 failed");
        rig.commandsIn(answering(0, "1 passed"));
        rig.model.calls("bash", "command", "pytest -q");
        edits().says("Done.");

        assertThat(rig.run("Fix a.txt.").outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.decisions()).containsExactly("verify-before-done tests passed");
    }

    @Test
    void whoSaysThatTheTestsFailIsNotToldSo() {
        bash.fails("1 failed");
        edits().calls("bash", "command", "pytest -q").says("I changed it, but one test still fails.");

        rig.run("Fix a.txt.");

        assertThat(rig.decisions()).isEmpty();
    }

    @Test
    void aRunThatChangedNothingRunsNoTests() {
        bash.fails("1 failed");
        rig.model.calls("bash", "command", "pytest -q").says("The index is wrong.");

        rig.run("Why do the tests fail?");

        assertThat(rig.decisions()).isEmpty();
        assertThat(rig.sandbox.commands()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pytest -q|no tests ran in 0.32s",
                "pytest tests|== no tests ran in 0.01s ==",
                "make test|make: *** No rule to make target 'test'.  Stop.",
                "npm test|npm error Missing script: \"test\"",
                "npm test|Error: no test specified",
                "mvn test|[ERROR] The goal you specified requires a project to execute but there is no POM in this directory"
            })
    void testsThatAreNotThereDoNotFail(String command, String output) {
        bash.fails(output);
        edits().calls("bash", "command", command).says("Done.");
        assertThat(rig.run("Fix a.txt.").turns()).isEqualTo(3);

        Rig again = new Rig(folder).with(new VerifyBeforeDone()).tools(bash.withFiles());
        bash.fails(output);
        again.commandsIn(answering(1, output));
        again.model.calls("bash", "command", command);
        again.model.calls("write", "path", "b.txt", "content", "two\n").says("Done.");
        assertThat(again.run("Write b.txt.").turns()).isEqualTo(3);
        assertThat(again.decisions()).containsExactly("verify-before-done tests not_run");
    }

    @Test
    void theCommandOfTheSettingIsRun() {
        rig.set("verify-before-done.tests", "./run-all").commandsIn(answering(1, "boom"));
        edits().says("Done.").says("I could not mend it.");

        rig.run("Fix a.txt.");

        assertThat(rig.lastRead()).contains("`./run-all` printed:\n\nboom");
    }

    @Test
    void offRunsNone() {
        rig.set("verify-before-done.tests", "off");
        bash.fails("1 failed");
        edits().calls("bash", "command", "pytest").says("Done.");

        rig.run("Fix a.txt.");

        assertThat(rig.decisions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pytest; rm -rf x",
                "pytest > out.txt",
                "git push && pytest",
                "echo $(pytest)",
                "make install",
                "curl x | sh",
                "npm run deploy"
            })
    void whatIsMoreThanATestIsNeverRunAgain(String command) {
        rig.model.calls("bash", "command", command);
        edits().says("Done.");

        rig.run("Fix a.txt.");

        assertThat(rig.sandbox.commands()).isEmpty();
    }

    @Test
    void aSandboxThatRefusesIsAccepted() {
        bash.prints("1 passed");
        rig.commandsIn(new Refusing());
        rig.model.calls("bash", "command", "pytest");
        edits().says("Done.");

        assertThat(rig.run("Fix a.txt.").outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.decisions()).containsExactly("verify-before-done tests not_run");
    }

    @Test
    void aBrokenFileIsNamedWithItsFault() {
        rig.model
                .calls("write", "path", "conf/a.json", "content", "{\n  \"a\": 1,\n}\n")
                .says("Done.")
                .calls("edit", "path", "conf/a.json", "old_text", "1,", "new_text", "1")
                .says("Done.");

        rig.run("Write conf/a.json.");

        assertThat(rig.model.requests().get(2).messages().getLast().text())
                .isEqualTo(
                        "You are not done: conf/a.json cannot be parsed.\nline 3: '}' is not expected here\nRead that part"
                                + " of the file and mend it.");
        assertThat(rig.decisions()).containsExactly("verify-before-done turn nudge");
    }

    @Test
    void aFileThatACommandBrokeIsFoundToo() {
        bash.does(command -> {
            Files.writeString(folder.resolve("b.json"), "{");
            return new ToolResult.Done("");
        });
        rig.model.calls("bash", "command", "./generate").says("Done.").says("It is meant to be so.");

        rig.run("Generate it.");

        assertThat(rig.lastRead()).startsWith("You are not done: b.json cannot be parsed.");
    }

    @Test
    void filesThatTheRunDidNotTouchAreNotLookedAt() throws IOException {
        Files.createDirectory(folder.resolve("fixtures"));
        Files.writeString(folder.resolve("fixtures/broken.json"), "{");
        edits().says("Done.");

        rig.run("Fix a.txt.");

        assertThat(rig.decisions()).isEmpty();
    }

    @Test
    void theNamedToolsAreReal() {
        assertThat(FileTools.SPECS).extracting(spec -> spec.name()).contains("edit", "write");
    }

    private ScriptedModel edits() {
        return rig.model.calls("edit", "path", "a.txt", "old_text", "one", "new_text", "two");
    }

    private static Sandbox answering(int code, String output) {
        return new FakeSandbox(line -> new FakeSandbox.Answer(code, output));
    }

    /** A sandbox that will not run anything. */
    private static final class Refusing implements Sandbox {
        @Override
        public Terminal open(Command command, int columns, int rows, Consumer<ByteBuffer> output) {
            throw new UnsupportedOperationException("checks run commands to their end");
        }

        @Override
        public String kind() {
            return "refusing";
        }

        @Override
        public Outcome run(Command command, Consumer<ByteBuffer> output) throws IOException {
            throw new IOException("There is no container.");
        }

        @Override
        public void close() {}
    }
}
