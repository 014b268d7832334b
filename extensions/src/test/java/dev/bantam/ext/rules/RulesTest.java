package dev.bantam.ext.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Message;
import dev.bantam.ext.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesTest {
    @TempDir
    Path folder;

    private Rig rig;

    @BeforeEach
    void start() {
        rig = new Rig(folder).with(new Rules());
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private List<String> readByTheModel() {
        return rig.conversation().stream().map(Message::text).toList();
    }

    @Test
    void theRulesAreToldOnceAtTheTail() {
        rig.trusted(".bantam/rules.md", "# Rules\n\n- Be kind to old browsers\n- Files under 300 lines\n");
        rig.model.calls("bash", "command", "ls").says("ok");

        rig.run("go");

        assertThat(readByTheModel())
                .containsOnlyOnce(
                        "Rules of this project. Keep to them:\n- Be kind to old browsers\n- Files under 300 lines");
        assertThat(readByTheModel().getFirst()).isEqualTo("go");
        assertThat(rig.decisions()).containsExactly("rules request guided");
    }

    @Test
    void theRulesKeepToTheirBudget() {
        rig.trusted(".bantam/rules.md", "- Short\n" + "- " + "long ".repeat(60) + "\n- Also short\n")
                .set("rules.tokens", 20);
        rig.model.says("ok");

        rig.run("go");

        assertThat(readByTheModel().getLast()).contains("- Short\n- Also short").doesNotContain("long");
    }

    @Test
    void aProjectThatIsNotTrustedHasNoRulesOfItsOwn() throws IOException {
        write(".bantam/rules.md", "- Files under 3 lines\n");
        write(".cursorrules", "- Files under 3 lines\n");
        rig.model.calls("write", "path", "a.py", "content", "1\n2\n3\n4\n").says("ok");

        rig.run("go");

        assertThat(rig.decisions()).isEmpty();
    }

    @Test
    void aFileThatGrowsTooLongIsReportedOnce() throws IOException {
        rig.trusted(".cursorrules", "Keep files under 5 lines.\n");
        write("old.py", "x\n".repeat(9));
        rig.model
                .calls("write", "path", "a.py", "content", "a\nb\nc\nd\ne\nf\n")
                .calls("edit", "path", "a.py", "old_text", "a", "new_text", "a\na2")
                .calls("edit", "path", "old.py", "old_text", "x\nx\nx\n", "new_text", "x\n")
                .says("ok");

        rig.run("go");

        assertThat(readByTheModel())
                .filteredOn(text -> text.contains("[rules]"))
                .containsExactly(
                        "written\n\n[rules] a.py now has 6 lines, against the project's rule \"Keep files under 5"
                                + " lines.\". Move a part of it into a file of its own.");
    }

    @Test
    void aNewFunctionIsAnsweredWithThoseThatAreThere() throws IOException {
        write(
                "AGENTS.md",
                "# Project\n\n- not a rule\n\n## Coding rules\n\n- Check existing utilities before writing new ones\n");
        write("src/dates.py", "import re\n\ndef parse_date(text):\n    return text\n");
        rig.model
                .calls(
                        "write",
                        "path",
                        "app.py",
                        "content",
                        "def parseDateString(s):\n    return s\n\ndef unrelated():\n    pass\n")
                .says("ok");

        rig.run("go");

        assertThat(rig.lastRead())
                .contains("[rules] parseDateString is new, and there already is: parse_date in src/dates.py:3.")
                .contains("\"Check existing utilities before writing new ones\"");
        assertThat(readByTheModel()).noneMatch(text -> text.contains("Rules of this project"));
    }

    @Test
    void whatMustNotBeUsedIsSeenInAddedLinesOnly() throws IOException {
        rig.trusted(".cursorrules", "- Never use `print(`\n- Don't use `eval`; it is slow\n");
        write("a.py", "print(1)\nx = 1\n");
        rig.model
                .calls("edit", "path", "a.py", "old_text", "x = 1", "new_text", "x = 2")
                .calls("edit", "path", "a.py", "old_text", "x = 2", "new_text", "x = eval('2')")
                .says("ok");

        rig.run("go");

        assertThat(readByTheModel())
                .filteredOn(text -> text.contains("[rules]"))
                .singleElement()
                .asString()
                .contains("This was added to a.py: x = eval('2').");
    }

    @Test
    void anAnswerThatNamesNoChangedFunctionIsAskedForThemOnce() throws IOException {
        rig.trusted(".cursorrules", "- Say which functions you change and why\n");
        write("a.py", "def one():\n    return 1\n\ndef two():\n    return 2\n");
        rig.model
                .calls("edit", "path", "a.py", "old_text", "return 2", "new_text", "return 3")
                .says("Done.")
                .says("Done again.");

        rig.run("go");

        assertThat(rig.lastRead()).contains("Changed were: two.", "\"Say which functions you change and why\"");
        assertThat(rig.decisions()).containsExactly("rules request guided", "rules turn nudge");
    }

    @Test
    void anAnswerThatNamesThemIsTaken() throws IOException {
        rig.trusted(".cursorrules", "- Say which functions you change and why\n");
        write("a.py", "def one():\n    return 1\n");
        rig.model
                .calls("edit", "path", "a.py", "old_text", "1", "new_text", "2")
                .says("I changed one() to return 2.");

        rig.run("go");

        assertThat(rig.decisions()).containsExactly("rules request guided");
    }

    @Test
    void rulesThatSpeakOfOtherThingsAreNotChecked() {
        for (String other : List.of(
                "Functions under 40 lines",
                "Write a test for each of the existing modules",
                "Lines have at most 100 characters",
                "Do not use more than 300 lines of log",
                "Explain your reasoning",
                "Never commit to main")) {
            assertThat(Rule.of(other, false)).as(other).isInstanceOf(Rule.Told.class);
        }
        for (String length : List.of(
                "Keep files under 300 lines",
                "No file longer than 300 lines",
                "Max 300 lines per file",
                "Files: 300 lines max",
                "A file must not exceed 300 lines.",
                "Modules have at most 300 lines")) {
            assertThat(Rule.of(length, false)).as(length).isEqualTo(new Rule.FileLength(length, false, 300));
        }
    }

    @Test
    void withoutRulesItDoesNothing() throws IOException {
        write("AGENTS.md", "# Project\n\n- Build with make\n");
        rig.model
                .calls("write", "path", "a.py", "content", "def x():\n    pass\n")
                .says("ok");

        rig.run("go");

        assertThat(rig.decisions()).isEmpty();
    }

    @Test
    void twoSessionsShareNothing() throws IOException {
        Rig other = new Rig(folder).with(new Rules()).session("other");
        for (Rig each : List.of(rig, other)) {
            each.trusted(".cursorrules", "Keep files under 2 lines\n");
            String name = each == rig ? "a.py" : "b.py";
            each.model.calls("write", "path", name, "content", "1\n2\n3\n").says("ok");
            each.run("go");
            assertThat(each.lastRead()).contains("[rules] " + name + " now has 3 lines");
        }
    }
}
