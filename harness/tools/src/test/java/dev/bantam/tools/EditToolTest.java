package dev.bantam.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Arguments;
import dev.bantam.api.LiveConstraint;
import dev.bantam.api.ToolResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditToolTest {
    @TempDir
    Path temporary;

    private ToolBench bench;

    @BeforeEach
    void makeBench() throws IOException {
        bench = new ToolBench(temporary);
    }

    private String edit(String oldText, String newText) throws Exception {
        return bench.text("edit", "path", "f.txt", "old_text", oldText, "new_text", newText);
    }

    private String content() throws IOException {
        return Files.readString(bench.root.resolve("f.txt"));
    }

    @Test
    void replacesWhatItFinds() throws Exception {
        bench.file("f.txt", "one\ntwo\nthree\n");

        ToolResult result = bench.call("edit", "path", "f.txt", "old_text", "two\n", "new_text", "2\n2b\n");

        assertThat(result)
                .isEqualTo(new ToolResult.Done("Edited f.txt (line 2)", ToolResult.Effects.changing("f.txt")));
        assertThat(content()).isEqualTo("one\n2\n2b\nthree\n");
    }

    @Test
    void refusesWhatOccursSeveralTimes() throws Exception {
        bench.file("f.txt", "x = 1\ny\nx = 1\nx = 1\n");

        assertThat(bench.call("edit", "path", "f.txt", "old_text", "x = 1", "new_text", "x = 2"))
                .isEqualTo(new ToolResult.Refused("edit refused: old_text occurs 3 times in f.txt (lines 1, 3, 4). Add"
                        + " surrounding lines until it is unique. Nothing was changed."));
        assertThat(content()).isEqualTo("x = 1\ny\nx = 1\nx = 1\n");
    }

    @Test
    void replacesAllWhenAsked() throws Exception {
        bench.file("f.txt", "x = 1\ny\nx = 1\r\nx = 1 \n");

        String answer =
                bench.text("edit", "path", "f.txt", "old_text", "x = 1", "new_text", "x = 2", "replace_all", true);

        assertThat(answer).isEqualTo("Edited f.txt (3 places, lines 1, 3, 4)");
        assertThat(content()).isEqualTo("x = 2\ny\nx = 2\r\nx = 2 \n");
    }

    @Test
    void takesTheExactMatchThoughAnotherIsNearlyTheSame() throws Exception {
        bench.file("f.txt", "say \u201Chi\u201D\nsay \"hi\"\n");

        assertThat(edit("say \"hi\"", "say \"ho\"")).isEqualTo("Edited f.txt (line 2)");
        assertThat(content()).isEqualTo("say \u201Chi\u201D\nsay \"ho\"\n");
    }

    @Test
    void keepsWindowsLineEndsAndTheByteOrderMark() throws Exception {
        bench.file("f.txt", "\uFEFFone\r\ntwo\r\nthree\r\n");

        assertThat(edit("one\ntwo\n", "one\nzwei\nnew\n"))
                .isEqualTo(
                        "Edited f.txt (line 1). old_text differed from the file in line ends or encoding, which was kept.");
        assertThat(content()).isEqualTo("\uFEFFone\r\nzwei\r\nnew\r\nthree\r\n");
    }

    @Test
    void givesANewLineTheLineEndsOfItsPlace() throws Exception {
        bench.file("f.txt", "one\r\ntwo\r\n");

        edit("two", "two\nthree");

        assertThat(content()).isEqualTo("one\r\ntwo\r\nthree\r\n");
    }

    @Test
    void leavesMixedLineEndsAsTheyAre() throws Exception {
        bench.file("f.txt", "a\r\nb\nc\r\nd\n");

        edit("a\nb\nc\nd\n", "a\nb\nC\nd\n");

        assertThat(content()).isEqualTo("a\r\nb\nC\r\nd\n");
    }

    @Test
    void toleratesTrailingSpaceAndKeepsIt() throws Exception {
        bench.file("f.txt", "if x:  \n    y = 1\t\n    z = 2 \n");

        assertThat(edit("if x:\n    y = 1\n    z = 2", "if x:\n    y = 3\n    z = 2"))
                .contains("trailing space");
        assertThat(content()).isEqualTo("if x:  \n    y = 3\t\n    z = 2 \n");
    }

    @Test
    void dropsTrailingSpaceOfTheModelOnlyAtTheEndOfALine() throws Exception {
        bench.file("f.txt", "return xy\nreturn x\n");

        assertThat(edit("return x ", "return z")).startsWith("Edited f.txt (line 2)");
        assertThat(content()).isEqualTo("return xy\nreturn z\n");
    }

    @Test
    void toleratesLookAlikesAndKeepsThem() throws Exception {
        bench.file("f.txt", "it\u2019s \u201Cgood\u201D \u2014 10\u00A0km\n");

        assertThat(edit("it's \"good\" - 10 km", "it's \"good\" - 20 km")).contains("look-alike quotes");
        assertThat(content()).isEqualTo("it\u2019s \u201Cgood\u201D \u2014 20\u00A0km\n");
    }

    @Test
    void keepsLookAlikesBetweenTwoChangesInOneLine() throws Exception {
        bench.file("f.txt", "He said “hello” – it’s fine\n");

        assertThat(edit("said \"hello\" - it's fine", "said \"goodbye\" - it's done"))
                .isEqualTo("Edited f.txt (line 1). old_text differed from the file in look-alike quotes, dashes or"
                        + " spaces, which was kept.");
        assertThat(content()).isEqualTo("He said “goodbye” – it’s done\n");
    }

    @Test
    void leavesQuotesThatTheOldTextHasNotAsTheyWereWritten() throws Exception {
        bench.file("f.txt", "He said “hello” – it’s fine\n");

        assertThat(edit("said \"hello\" - it's fine", "said \"hello\" - it's \"fine\" - really"))
                .isEqualTo("Edited f.txt (line 1). old_text differed from the file in look-alike quotes, dashes or"
                        + " spaces, which was kept where new_text repeats old_text. The quotes or dashes that new_text"
                        + " adds are as you wrote them.");
        assertThat(content()).isEqualTo("He said “hello” – it’s \"fine\" - really\n");
    }

    @Test
    void doesNotClaimToHaveKeptWhatTheNewTextLeavesOut() throws Exception {
        bench.file("f.txt", "He said “hello”\n");

        assertThat(edit("said \"hello\"", "left"))
                .isEqualTo("Edited f.txt (line 1). old_text differed from the file in look-alike quotes, dashes or"
                        + " spaces.");
        assertThat(content()).isEqualTo("He left\n");
    }

    @Test
    void keepsPairsOfQuotesTogether() throws Exception {
        bench.file("f.txt", "say “hi” now\n");
        edit("say \"hi\" now", "say \"hi now\"");
        assertThat(content()).isEqualTo("say “hi now”\n");

        bench.file("f.txt", "say ‘hi’\n");
        edit("say 'hi'", "say 'a' and 'hi there'");
        assertThat(content()).isEqualTo("say ‘a’ and 'hi there'\n");
    }

    @Test
    void keepsLookAlikesBesideSpaceThatIsNotPlain() throws Exception {
        bench.file("f.txt", "\u00A0 “one” – two\u00A0\n");

        edit("  \"one\" - two\n", "  \"one\" - three\n");

        assertThat(content()).isEqualTo("\u00A0 “one” – three\u00A0\n");
    }

    @Test
    void indentsTheNewTextAsTheFileIs() throws Exception {
        bench.file("f.txt", "class A:\n    def f(self):\n        return 1\n\n    def g(self):\n        return 2\n");

        assertThat(edit(
                        "def g(self):\n    return 2\n",
                        "def g(self):\n    if True:\n        return 3\n\n    return 2\n"))
                .contains("(line 5)")
                .contains("indentation");
        assertThat(content())
                .isEqualTo("class A:\n    def f(self):\n        return 1\n\n    def g(self):\n        if True:\n"
                        + "            return 3\n\n        return 2\n");
    }

    @Test
    void unindentsTheNewTextAsTheFileIs() throws Exception {
        bench.file("f.txt", "a:\n  b: 1\n  c: 2\n");

        assertThat(edit("      b: 1\n      c: 2", "      b: 1\n      c:\n        d: 3"))
                .contains("indentation");
        assertThat(content()).isEqualTo("a:\n  b: 1\n  c:\n    d: 3\n");
    }

    @Test
    void writesTabsWhereTheFileHasThem() throws Exception {
        bench.file("f.txt", "func f() {\n\tif x {\n\t\treturn 1\n\t}\n}\n");

        assertThat(edit("    if x {\n        return 1\n    }", "    if x {\n        y()\n        return 2\n    }"))
                .contains("indentation");
        assertThat(content()).isEqualTo("func f() {\n\tif x {\n\t\ty()\n\t\treturn 2\n\t}\n}\n");
    }

    @Test
    void doesNotTolerateIndentationThatChangesTheShape() throws Exception {
        String python = "if a:\n    b()\n    c()\n";
        bench.file("f.txt", python);

        assertThat(edit("if a:\n    b()\nc()\n", "x\n")).startsWith("edit refused");
        assertThat(content()).isEqualTo(python);
    }

    @Test
    void toleratesAMissingFinalNewlineAndAddsNone() throws Exception {
        bench.file("f.txt", "one\ntwo");

        edit("two\n", "zwei\n");

        assertThat(content()).isEqualTo("one\nzwei");
    }

    @Test
    void showsTheNearestTextWhenThereIsNone() throws Exception {
        bench.file("f.txt", "import os\n\ndef total(items):\n    return sum(items)\n");

        assertThat(bench.call(
                        "edit",
                        "path",
                        "f.txt",
                        "old_text",
                        "def totals(item):\n    return sum(item)",
                        "new_text",
                        "y"))
                .isEqualTo(
                        new ToolResult.Refused("edit refused: old_text does not occur in f.txt. The nearest text is at"
                                + " lines 3-4:\ndef total(items):\n    return sum(items)\nCopy old_text from it exactly. Nothing"
                                + " was changed."));
        assertThat(edit("something else entirely", "y")).contains("Nothing there is like it.");
    }

    @Test
    void saysThatAnEditSeemsToHaveBeenMade() throws Exception {
        bench.file("f.txt", "a\nresult = compute(x, y)\n");

        assertThat(edit("result = calc(x)", "result = compute(x, y)")).contains("new_text is already there, at line 2");
    }

    @Test
    void refusesWhatWouldChangeNothing() throws Exception {
        bench.file("f.txt", "one\n");

        assertThat(edit("one", "one")).startsWith("edit refused: old_text and new_text are the same.");
        assertThat(edit("one\r\n", "one\n")).startsWith("edit refused: it would leave f.txt as it is");
        assertThat(edit("", "x")).startsWith("edit refused: old_text is empty.");
        assertThat(content()).isEqualTo("one\n");
    }

    @Test
    void saysWhichFileWasProbablyMeant() throws Exception {
        bench.file("src/a.py", "x");

        assertThat(bench.call("edit", "path", "a.py", "old_text", "x", "new_text", "y"))
                .isEqualTo(new ToolResult.Failed("edit failed: a.py does not exist. Did you mean src/a.py? Use write to"
                        + " create a file. Nothing was changed."));
        assertThat(bench.root.resolve("src/a.py")).hasContent("x");
    }

    @Test
    void leavesBytesOfAnotherEncodingAsTheyAre() throws Exception {
        Path file = bench.file("f.txt", "caf\u00e9 one\nna\u00efve two\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(edit("one", "first")).isEqualTo("Edited f.txt (line 1)");
        assertThat(edit("naïve two", "naïve döner")).startsWith("Edited f.txt (line 2)");
        assertThat(Files.readAllBytes(file))
                .isEqualTo("caf\u00e9 first\nna\u00efve d\u00f6ner\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(edit("first", "日本")).contains("is not UTF-8");
    }

    @Test
    void refusesBinaries() throws Exception {
        byte[] bytes = {'a', 0, 'b'};
        Path file = bench.file("f.txt", bytes);

        assertThat(edit("a", "c")).startsWith("edit refused: f.txt is a binary file, not text.");
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void keepsTheModeOfTheFile() throws Exception {
        Path file = bench.file("f.txt", "#!/bin/sh\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));

        edit("/bin/sh", "/bin/bash");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwxr-x--x");
    }

    @Test
    void writesTheTargetOfALinkAndKeepsTheLink() throws Exception {
        bench.file("real.txt", "one\n");
        Files.createSymbolicLink(bench.root.resolve("f.txt"), Path.of("real.txt"));

        assertThat(edit("one", "two")).isEqualTo("Edited real.txt (line 1)");
        assertThat(bench.root.resolve("f.txt")).isSymbolicLink().hasContent("two");
    }

    @Test
    void makesAllOfManyEditsAtOnce() throws Exception {
        StringBuilder text = new StringBuilder();
        List<Callable<ToolResult>> edits = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            text.append("<").append(i).append(">\n");
            String mark = "<" + i + ">";
            edits.add(() -> bench.call("edit", "path", "f.txt", "old_text", mark, "new_text", "done " + mark));
        }
        bench.file("f.txt", text.toString());

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(edits))
                    .allSatisfy(future -> assertThat(future.resultNow()).isInstanceOf(ToolResult.Done.class));
        }

        assertThat(content().lines()).hasSize(40).allMatch(line -> line.startsWith("done <"));
    }

    @Test
    void bindsTheOldTextToTheFileThatWasNamed() throws Exception {
        bench.file("f.txt", "\uFEFFone\r\ntwo\r\n");
        LiveConstraint.SubstringOf oldText = (LiveConstraint.SubstringOf)
                bench.tool("edit").constraints(bench.context()).get(1);

        assertThat(oldText.argument()).isEqualTo("old_text");
        assertThat(oldText.text().apply(Arguments.of("path", "f.txt"))).hasValue("one\ntwo\n");
        assertThat(oldText.text().apply(Arguments.of("path", "gone.txt"))).isEmpty();
        assertThat(oldText.text().apply(Arguments.of("path", "../x"))).isEmpty();
        assertThat(oldText.text().apply(Arguments.NONE)).isEmpty();
    }
}
