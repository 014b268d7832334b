package dev.bantam.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** grep, glob and ls. */
@Timeout(120)
class SearchToolsTest {
    @TempDir
    Path temporary;

    private ToolBench bench;

    @BeforeEach
    void makeBench() throws IOException {
        bench = new ToolBench(temporary);
    }

    private void makeProject() throws IOException {
        bench.file("main.py", "import os\nprint('Hello')\n");
        bench.file("src/a.py", "hello = 1\n");
        bench.file("src/deep/b.java", "class B { String hello; }\n");
        bench.file("build/out.py", "hello from a build\n");
        bench.file("src/secret.env", "hello key\n");
        bench.file("src/keep.log", "hello kept\n");
        bench.file("src/drop.log", "hello dropped\n");
        bench.file(".git/config", "hello git\n");
        bench.file(".gitignore", "/build/\n*.log\n");
        bench.file("src/.gitignore", "!keep.log\n");
        bench.file(".bantamignore", "*.env\n");
    }

    @Test
    void grepsLinesWithTheirPlaces() throws Exception {
        makeProject();

        assertThat(bench.text("grep", "pattern", "hello"))
                .isEqualTo(
                        "src/a.py:1:hello = 1\nsrc/deep/b.java:1:class B { String hello; }\nsrc/keep.log:1:hello kept");
        assertThat(bench.text("grep", "pattern", "hello", "ignore_case", true)).contains("main.py:2:print('Hello')");
    }

    @Test
    void grepsOnlyFilesThatMatchTheGlob() throws Exception {
        makeProject();

        assertThat(bench.text("grep", "pattern", "hello", "glob", "*.java"))
                .isEqualTo("src/deep/b.java:1:class B { String hello; }");
        assertThat(bench.text("grep", "pattern", "hello", "path", "src", "glob", "deep/**"))
                .isEqualTo("src/deep/b.java:1:class B { String hello; }");
    }

    @Test
    void searchesWhatIsIgnoredWhenItIsNamed() throws Exception {
        makeProject();

        assertThat(bench.text("grep", "pattern", "hello", "path", "build/out.py"))
                .isEqualTo("build/out.py:1:hello from a build");
        assertThat(bench.text("grep", "pattern", "hello", "path", "build")).startsWith("build/out.py:1:");
    }

    @Test
    void heedsTheRepositoryAroundTheWorkspace() throws Exception {
        Files.createDirectory(temporary.resolve(".git"));
        Files.writeString(temporary.resolve(".gitignore"), "generated/\n");
        bench.file("generated/x.py", "hello\n");
        bench.file("y.py", "hello\n");

        assertThat(bench.text("grep", "pattern", "hello")).isEqualTo("y.py:1:hello");
    }

    @Test
    void showsLinesAroundAMatch() throws Exception {
        bench.file("a.txt", "1\n2\nhit\n4\n5\n6\n7\nhit\n9\n");

        assertThat(bench.text("grep", "pattern", "hit", "context", 1))
                .isEqualTo("a.txt-2-2\na.txt:3:hit\na.txt-4-4\n--\na.txt-7-7\na.txt:8:hit\na.txt-9-9");
    }

    @Test
    void saysThatThereIsNoMatch() throws Exception {
        makeProject();

        assertThat(bench.call("grep", "pattern", "nowhere", "path", "src"))
                .isEqualTo(new ToolResult.Done("No match for nowhere in src (4 text files searched)."));
    }

    @Test
    void takesAnEmptyPathForTheWorkspace() throws Exception {
        bench.file("a.txt", "hit\n");

        assertThat(bench.text("grep", "pattern", "hit", "path", "", "glob", "")).isEqualTo("a.txt:1:hit");
        assertThat(bench.text("ls", "path", "")).isEqualTo("a.txt");
        assertThat(bench.call("read", "path", "")).isInstanceOf(ToolResult.Refused.class);
    }

    @Test
    void explainsABadExpressionAndHowToSearchLiterally() throws Exception {
        assertThat(bench.call("grep", "pattern", "foo(bar"))
                .isEqualTo(new ToolResult.Failed("grep failed: foo(bar is not a regular expression: Unclosed group at"
                        + " character 8. To search for the text itself, escape it: foo\\(bar"));
    }

    @Test
    void stopsAtAHundredMatchesAndCutsLongLines() throws Exception {
        bench.file("many.txt", ("y".repeat(1000) + "needle" + "z".repeat(1000) + "\n").repeat(150));

        String text = bench.text("grep", "pattern", "needle");

        assertThat(text)
                .contains("needle")
                .endsWith("matches; narrow the pattern, the path or the glob to see others]");
        assertThat(text.lines().count()).isLessThanOrEqualTo(101);
        assertThat(text.lines()).allMatch(line -> line.length() < 540);
    }

    @Test
    void findsAMatchFarIntoALongLine() throws Exception {
        bench.file("a.txt", "x".repeat(5_000_000) + "NEEDLE\nNEEDLE\n");

        assertThat(bench.text("grep", "pattern", "NEEDLE"))
                .isEqualTo("a.txt:1:…" + "x".repeat(100) + "NEEDLE\na.txt:2:NEEDLE");
        assertThat(bench.text("grep", "pattern", "x{3}NEEDLE", "context", 1).lines())
                .hasSize(2)
                .allMatch(line -> line.length() < 540);
        assertThat(bench.text("grep", "pattern", "HAYSTACK"))
                .isEqualTo("No match for HAYSTACK in the workspace (1 text file searched).");
    }

    @Test
    void namesTheLinesThatAreTooLongToBeSearchedWhole() throws Exception {
        bench.file("a.txt", "short\n" + "x".repeat(9_000_000) + "NEEDLE\n");
        bench.file("b.txt", "NEEDLE\n");

        assertThat(bench.text("grep", "pattern", "NEEDLE"))
                .isEqualTo("b.txt:1:NEEDLE\n[not searched whole, because the line is too long: a.txt:2]");
        assertThat(bench.text("grep", "pattern", "NEEDLE", "path", "a.txt"))
                .isEqualTo("No match for NEEDLE in a.txt (1 text file searched).\n"
                        + "[not searched whole, because the line is too long: a.txt:2]");
    }

    @Test
    void doesNotLetALongLineKeepItFromOtherFiles() throws Exception {
        bench.file("a.txt", "x".repeat(2_000_000));
        bench.file("b.txt", "xxNEEDLE\n");

        assertThat(bench.text("grep", "pattern", "x.*NEEDLE"))
                .isEqualTo("b.txt:1:xxNEEDLE\n[not searched whole, because the line is too long: a.txt:1]");
        assertThat(bench.text("grep", "pattern", "(x|y)*NEEDLE"))
                .isEqualTo("b.txt:1:xxNEEDLE\n[not searched whole, because the line is too long: a.txt:1]");
    }

    @Test
    void saysThatALineBreakNeverMatches() throws Exception {
        bench.file("a.txt", "one\ntwo\n");
        String why =
                ": grep searches line by line, so a line break (\\n) in the pattern never matches. Search for one of"
                        + " the lines; context shows those around it.";

        for (String pattern : new String[] {"one\\ntwo", "one\ntwo", "\\\\\\n", "[^a]\\n"}) {
            assertThat(bench.text("grep", "pattern", pattern))
                    .isEqualTo("Nothing found for " + pattern.replace("\n", "\\n")
                            + " in the workspace (1 text file searched)" + why);
        }
        for (String pattern : new String[] {"three[^\\n]*", "\\\\name", "three"}) {
            assertThat(bench.text("grep", "pattern", pattern)).startsWith("No match for " + pattern);
        }
        assertThat(bench.text("grep", "pattern", "two(\\n|$)")).isEqualTo("a.txt:2:two");
    }

    @Test
    void passesOverBinariesAndLinks() throws Exception {
        bench.file("data.bin", new byte[] {'n', 'e', 'e', 'd', 'l', 'e', 0});
        Files.writeString(temporary.resolve("outside.txt"), "needle\n");
        Files.createSymbolicLink(bench.root.resolve("link.txt"), temporary.resolve("outside.txt"));
        Files.createSymbolicLink(bench.root.resolve("up"), temporary);

        assertThat(bench.text("grep", "pattern", "needle")).startsWith("No match");
        assertThat(bench.text("glob", "pattern", "**/outside.txt")).startsWith("No file");
    }

    @Test
    void findsFilesByPattern() throws Exception {
        makeProject();

        assertThat(bench.text("glob", "pattern", "*.py")).isEqualTo("main.py\nsrc/a.py");
        assertThat(bench.text("glob", "pattern", "**/*.py")).isEqualTo("main.py\nsrc/a.py");
        assertThat(bench.text("glob", "pattern", "src/**/*.{java,py}")).isEqualTo("src/a.py\nsrc/deep/b.java");
        assertThat(bench.text("glob", "pattern", "./src/*")).isEqualTo("src/.gitignore\nsrc/a.py\nsrc/keep.log");
        assertThat(bench.text("glob", "pattern", "[!m]*.py", "path", "src")).isEqualTo("src/a.py");
        assertThat(bench.text("glob", "pattern", bench.root + "/src/?.py")).isEqualTo("src/a.py");
        assertThat(bench.text("glob", "pattern", "*.rs")).isEqualTo("No file matches *.rs in the workspace.");
        assertThat(bench.call("glob", "pattern", "*.{a,b")).isInstanceOf(ToolResult.Failed.class);
    }

    @Test
    void listsOneFolder() throws Exception {
        makeProject();
        Files.createSymbolicLink(bench.root.resolve("link"), Path.of("src"));
        Files.createDirectory(bench.root.resolve("empty"));

        assertThat(bench.text("ls"))
                .isEqualTo(".bantamignore\n.git/\n.gitignore\nbuild/\nempty/\nlink -> src\nmain.py\nsrc/");
        assertThat(bench.text("ls", "path", "empty")).isEqualTo("[empty is empty]");
        assertThat(bench.text("ls", "path", "main.py")).isEqualTo("ls failed: main.py is a file. Use read to see it.");
        assertThat(bench.text("ls", "path", "scr")).startsWith("ls failed: scr does not exist.");
    }

    @Test
    void keepsHostileNamesOnOneLine() throws Exception {
        bench.file("two\nlines.txt", "needle\n");
        bench.file("ünï 🐓.txt", "needle\n");

        assertThat(bench.text("ls")).isEqualTo("\"two\\u000alines.txt\"\nünï 🐓.txt");
        assertThat(bench.text("grep", "pattern", "needle"))
                .isEqualTo("\"two\\u000alines.txt\":1:needle\nünï 🐓.txt:1:needle");
    }

    @Test
    void isNotHurtByATreeOfFiftyThousandFiles() throws Exception {
        Path template = Files.createFile(temporary.resolve("empty")); // a link is made much faster than a file
        for (int folder = 0; folder < 50; folder++) {
            Path path = Files.createDirectories(bench.root.resolve("d" + folder));
            for (int file = 0; file < 1000; file++) {
                Files.createLink(path.resolve("f" + file + ".txt"), template);
            }
        }
        Files.delete(bench.root.resolve("d49/f999.txt"));
        Files.writeString(bench.root.resolve("d49/f999.txt"), "needle\n");

        assertThat(bench.text("grep", "pattern", "needle")).isEqualTo("d49/f999.txt:1:needle");
        assertThat(bench.text("glob", "pattern", "f7.txt").lines()).hasSize(50);
        assertThat(bench.text("glob", "pattern", "**").lines())
                .hasSize(1001)
                .last()
                .isEqualTo("[first 1,000 files; narrow the pattern or the path]");
        assertThat(bench.text("ls", "path", "d0").lines())
                .last()
                .isEqualTo("[500 of 1,000 names; use glob to find others]");
        assertThat(bench.text("read", "path", "d0/f1000.txt")).contains("Did you mean d0/f100.txt?");
        assertThat(ExistingPaths.of(bench.context().workspace())).hasSize(50_000);
    }
}
