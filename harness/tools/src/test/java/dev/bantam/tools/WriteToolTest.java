package dev.bantam.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteToolTest {
    @TempDir
    Path temporary;

    private ToolBench bench;

    @BeforeEach
    void makeBench() throws IOException {
        bench = new ToolBench(temporary);
    }

    @Test
    void createsAFileAndTheFoldersAboveIt() throws Exception {
        ToolResult result = bench.call("write", "path", "src/deep/a.py", "content", "a\nb\n");

        assertThat(result)
                .isEqualTo(new ToolResult.Done(
                        "Created src/deep/a.py (2 lines)", ToolResult.Effects.changing("src/deep/a.py")));
        assertThat(Files.readString(bench.root.resolve("src/deep/a.py"))).isEqualTo("a\nb\n");
    }

    @Test
    void writesExactlyWhatItIsGiven() throws Exception {
        String content = "\uFEFFü 🐓\r\nno final newline";
        bench.call("write", "path", "x.txt", "content", content);

        assertThat(Files.readString(bench.root.resolve("x.txt"))).isEqualTo(content);
    }

    @Test
    void refusesToOverwriteAnExistingFile() throws Exception {
        bench.file("a.py", "mine");

        assertThat(bench.call("write", "path", "a.py", "content", "yours"))
                .isEqualTo(new ToolResult.Refused("write refused: a.py already exists. Read it, then use edit to change"
                        + " it. Nothing was changed."));
        assertThat(bench.root.resolve("a.py")).hasContent("mine");
    }

    @Test
    void saysHowAnEmptyFileIsFilled() throws Exception {
        bench.file("a.py", "");

        assertThat(bench.text("write", "path", "a.py", "content", "x")).contains("Use edit with an empty old_text");
        assertThat(bench.text("edit", "path", "a.py", "old_text", "", "new_text", "x\n"))
                .isEqualTo("Filled a.py");
        assertThat(Files.readString(bench.root.resolve("a.py"))).isEqualTo("x\n");
    }

    @Test
    void refusesFoldersAndFilesOnTheWay() throws Exception {
        bench.file("src/a.py", "mine");

        assertThat(bench.call("write", "path", "src", "content", "x"))
                .isInstanceOf(ToolResult.Refused.class)
                .extracting(ToolResult::content)
                .asString()
                .startsWith("write refused: src is a folder.");
        assertThat(bench.call("write", "path", "new/", "content", "x")).isInstanceOf(ToolResult.Refused.class);
        assertThat(bench.text("write", "path", "src/a.py/b/c", "content", "x"))
                .isEqualTo("write refused: src/a.py is a file, so nothing can be made below it. Nothing was changed.");
        assertThat(bench.root.resolve("new")).doesNotExist();
    }

    @Test
    void saysThatTheDiskIsFull() {
        assertThat(Faults.inWords("a.py", new IOException("No space left on device")))
                .isEqualTo("a.py: the disk is full. Free some space first.");
    }

    @Test
    void leavesNothingOfAFileThatCannotBeMade() throws Exception {
        assertThat(bench.call("write", "path", "new/deep/" + "x".repeat(300), "content", "x"))
                .isInstanceOf(ToolResult.Failed.class)
                .extracting(ToolResult::content)
                .asString()
                .endsWith("the name is too long. Choose a shorter one. Nothing was changed.");
        assertThat(bench.root).isEmptyDirectory();
    }

    @Test
    void letsOneOfManyWin() throws Exception {
        List<Callable<ToolResult>> calls = IntStream.range(0, 16)
                .<Callable<ToolResult>>mapToObj(
                        i -> () -> new ToolBench(temporary).call("write", "path", "race.txt", "content", "by " + i))
                .toList();
        List<ToolResult> results;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            results = threads.invokeAll(calls).stream()
                    .map(future -> future.resultNow())
                    .toList();
        }

        assertThat(results).filteredOn(ToolResult.Done.class::isInstance).hasSize(1);
        try (Stream<Path> files = Files.list(bench.root)) {
            assertThat(files).containsExactly(bench.root.resolve("race.txt"));
        }
    }
}
