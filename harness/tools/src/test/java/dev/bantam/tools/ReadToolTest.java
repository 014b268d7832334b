package dev.bantam.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.api.Arguments;
import dev.bantam.api.LiveConstraint;
import dev.bantam.api.ToolResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReadToolTest {
    @TempDir
    Path temporary;

    private ToolBench bench;

    @BeforeEach
    void makeBench() throws IOException {
        bench = new ToolBench(temporary);
    }

    private static String lines(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }

    @Test
    void showsAFileAsItIsWithoutItsFinalNewline() throws Exception {
        bench.file("src/a.py", "def f():\n\treturn 1  \n\n");

        ToolResult result = bench.call("read", "path", "src/a.py");

        assertThat(result)
                .isEqualTo(new ToolResult.Done("def f():\n\treturn 1  \n", ToolResult.Effects.reading("src/a.py")));
    }

    @Test
    void hidesCarriageReturnsAndTheByteOrderMark() throws Exception {
        bench.file("dos.txt", "\uFEFFone\r\ntwo\r\n");

        assertThat(bench.text("read", "path", "dos.txt")).isEqualTo("one\ntwo");
    }

    @Test
    void saysHowToContinueALongFile() throws Exception {
        bench.file("long.txt", lines(5321));

        String text = bench.text("read", "path", "long.txt");

        assertThat(text)
                .startsWith("line 1\n")
                .contains("line 2000\n[lines 1-2000 of 5321; continue with offset 2001]");
        assertThat(text.lines()).hasSize(2001);
    }

    @Test
    void continuesWhereItIsTold() throws Exception {
        bench.file("long.txt", lines(100));

        assertThat(bench.text("read", "path", "long.txt", "offset", 98)).isEqualTo("line 98\nline 99\nline 100");
        assertThat(bench.text("read", "path", "long.txt", "offset", 2, "limit", 2))
                .isEqualTo("line 2\nline 3\n[lines 2-3 of 100; continue with offset 4]");
    }

    @Test
    void stopsAtFiftyKilobytes() throws Exception {
        bench.file("wide.txt", ("x".repeat(999) + "\n").repeat(100));

        assertThat(bench.text("read", "path", "wide.txt")).endsWith("[lines 1-51 of 100; continue with offset 52]");
    }

    @Test
    void showsTheStartOfAGiantLine() throws Exception {
        bench.file("giant.json", "é".repeat(2_000_000) + "\nsecond\n");

        String text = bench.text("read", "path", "giant.json");

        assertThat(text).hasSizeLessThan(60_000).doesNotContain("\uFFFD");
        assertThat(text).contains("[line 1 has 3.8 MB; its first 50 KB are shown. Use bash for the rest: cut -c]");
        assertThat(text).endsWith("[lines 1-1 of 2; continue with offset 2]");
    }

    @Test
    void saysThatAnOffsetIsPastTheEnd() throws Exception {
        bench.file("a.txt", lines(3));

        assertThat(bench.call("read", "path", "a.txt", "offset", 4))
                .isEqualTo(new ToolResult.Failed("read failed: offset 4 is past the end: a.txt has 3 lines."));
    }

    @Test
    void saysThatAFileIsEmpty() throws Exception {
        bench.file("empty", "");

        assertThat(bench.text("read", "path", "empty")).isEqualTo("[empty is empty]");
    }

    @Test
    void namesTheFileThatWasProbablyMeant() throws Exception {
        bench.file("src/parser.py", "x");
        bench.file("docs/readme.md", "x");
        bench.file("build/parser.pyc", "x");
        bench.file(".gitignore", "build/\n");

        assertThat(bench.call("read", "path", "parser.py"))
                .isEqualTo(new ToolResult.Failed("read failed: parser.py does not exist. Did you mean src/parser.py?"));
        assertThat(bench.text("read", "path", "src/Parser.py")).endsWith("Did you mean src/parser.py?");
        assertThat(bench.text("read", "path", "src/parsr.py")).endsWith("Did you mean src/parser.py?");
        assertThat(bench.text("read", "path", "docs/readme.txt")).endsWith("Did you mean docs/readme.md?");
        assertThat(bench.text("read", "path", "docs/unlike-anything.go"))
                .endsWith("Use ls or glob to see what is there, such as ls docs.");
    }

    @Test
    void sendsFoldersToLs() throws Exception {
        bench.file("src/a.py", "");

        assertThat(bench.text("read", "path", "src")).isEqualTo("read failed: src is a folder. Use ls to list it.");
    }

    @Test
    void saysWhatKindOfBinaryAFileIs() throws Exception {
        bench.file("logo.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2});
        bench.file("data.bin", new byte[] {'a', 0, 'b'});

        assertThat(bench.call("read", "path", "logo.png"))
                .isEqualTo(
                        new ToolResult.Failed("read failed: logo.png is a PNG image (7 bytes), not text. Use bash with"
                                + " a program that understands it."));
        assertThat(bench.text("read", "path", "data.bin")).contains("is a binary file (3 bytes)");
    }

    @Test
    void readsOtherEncodingsAndSaysSo() throws Exception {
        bench.file("latin.txt", "café\n".getBytes(StandardCharsets.ISO_8859_1));
        bench.file("wide.txt", "\uFEFFgrüße\n".getBytes(StandardCharsets.UTF_16LE));

        assertThat(bench.text("read", "path", "latin.txt")).isEqualTo("café\n[not UTF-8; shown as Windows-1252]");
        assertThat(bench.text("read", "path", "wide.txt")).isEqualTo("grüße\n[UTF-16 text]");
    }

    @Test
    void doesNotWaitForAPipe() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", bench.root.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(bench.call("read", "path", "pipe"))
                .isEqualTo(new ToolResult.Refused(
                        "read refused: pipe is a pipe, a socket or a device, not a regular file."));
    }

    @Test
    void readsHostileNames() throws Exception {
        for (String name : new String[] {"with space", "new\nline", "日本 🐓", "-rf", "'q'", "a\\b"}) {
            bench.file(name, "content of it\n");
            assertThat(bench.text("read", "path", name)).isEqualTo("content of it");
        }
    }

    @Test
    void offersTheFilesThatExist() throws Exception {
        bench.file("src/a.py", "");
        bench.file("b.txt", "");
        bench.file("out/x.log", "");
        bench.file(".gitignore", "out/\n");
        bench.file(".git/config", "");

        LiveConstraint.OneOf path = (LiveConstraint.OneOf)
                bench.tool("read").constraints(bench.context()).getFirst();

        assertThat(path.argument()).isEqualTo("path");
        assertThat(path.choices().get()).map(Object::toString).containsExactly(".gitignore", "b.txt", "src/a.py");
    }

    @Test
    void readsTheFullOutputWhereTheModelIsToldThatItLies() throws Exception {
        bench.file("a.txt", "");
        Files.createDirectories(bench.scratch);
        Path full = Files.writeString(bench.scratch.resolve("bash-1.txt"), "all of it\n");
        Path secret = Files.writeString(temporary.resolve("secret"), "secret\n");
        Files.createSymbolicLink(bench.scratch.resolve("link"), secret);

        assertThat(bench.call("read", "path", full.toString())).isEqualTo(new ToolResult.Done("all of it"));
        assertThat(bench.call("read", "path", bench.scratch.resolve("link").toString()))
                .isInstanceOf(ToolResult.Refused.class);
        assertThat(bench.call("read", "path", bench.scratch + "/../secret")).isInstanceOf(ToolResult.Refused.class);
        assertThat(bench.call("read", "path", bench.scratch + "/none.txt")).isInstanceOf(ToolResult.Failed.class);
        assertThat(bench.call("write", "path", bench.scratch + "/new.txt", "content", "x"))
                .isInstanceOf(ToolResult.Refused.class);
        LiveConstraint.OneOf path = (LiveConstraint.OneOf)
                bench.tool("read").constraints(bench.context()).getFirst();
        assertThat(path.choices().get()).map(Object::toString).contains(full.toString());
    }

    @Test
    void isCancelledByInterruption() throws Exception {
        bench.file("long.txt", lines(100_000));

        for (int time = 0; time < 200; time++) { // before the file is open, and after
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> bench.tool("read").run(Arguments.of("path", "long.txt"), bench.context()))
                    .isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }
}
