package dev.bantam.evals;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts, files and sessions that are not as one would wish: the run says so and goes on, and nothing is lost. */
class HardInputIT {
    private Packaged bantam;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        bantam = new Packaged(folder);
    }

    @Test
    void aPromptThatNeverFitsIsStoppedWithTheNumbers() throws Exception {
        String model = bantam.script(Said.text("never asked"));
        Run run = bantam.runWithInput("many words ".repeat(190_000), "-p", "Read this", "--json", "-m", model);
        assertThat(run.exit()).as(run.err()).isEqualTo(3);
        EventShape.check(run.events());
        assertThat(run.finished().path("reason").asText())
                .contains("context window of 32768 tokens")
                .containsPattern("needs \\d{6,7} tokens")
                .contains("--context");
        assertThat(run.err()).startsWith("bantam: stopped: ").hasLineCount(1);
        Run next = bantam.run("-c", "-p", "A small one", "-m", bantam.script(Said.text("Yes.")));
        assertThat(next.exit()).as(next.err()).isZero();
        assertThat(next.out()).isEqualTo("Yes.\n");
    }

    @Test
    void pipedTextComesBelowThePrompt() throws Exception {
        try (ModelServer server = ModelServer.saying(Said.text("Read."), Said.text("Read."))) {
            bantam.runWithInput("error on line 7\n", "-p", "Explain", "-m", "llamacpp/", "--base-url", server.url());
            bantam.runWithInput("only this\n", "-p", "-m", "llamacpp/", "--base-url", server.url());
            assertThat(server.chats().get(0)).contains("Explain\\n\\nerror on line 7");
            assertThat(server.chats().get(1)).contains("only this");
        }
    }

    @Test
    void aMentionedFileComesBelowThePrompt() throws Exception {
        bantam.file("notes/plan.md", "first\nsecond\nthird\n");
        try (ModelServer server = ModelServer.saying(Said.text("Read."))) {
            Run run = bantam.run(
                    "-p",
                    "Do @notes/plan.md:2-3, mail me@example.org and @../secret",
                    "-m",
                    "llamacpp/",
                    "--base-url",
                    server.url());
            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(server.chats().getFirst())
                    .contains("<file path=\\\"notes/plan.md\\\">\\nsecond\\nthird\\n</file>")
                    .doesNotContain("first\\n", "<file path=\\\"me", "secret\\\">");
        }
    }

    @Test
    void aBinaryFileIsAFailureThatTheModelReads() throws Exception {
        Files.write(bantam.workspace().resolve("image.bin"), new byte[] {1, 0, 2, 0, (byte) 0xff, 3});
        Run run = bantam.run(
                "-p",
                "Read it",
                "--json",
                "-m",
                bantam.script(Said.call("read", "path", "image.bin"), Said.text("It is binary.")));
        assertThat(run.exit()).isZero();
        assertThat(run.results().getFirst())
                .matches("(?s)(failed|refused): .*")
                .contains("image.bin")
                .containsIgnoringCase("binary");
        assertThat(run.finished().path("answer").asText()).isEqualTo("It is binary.");
    }

    @Test
    void anEditKeepsEveryOtherByteOfAFileWithMarkAndCarriageReturns() throws Exception {
        byte[] mark = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
        String text = "alpha  \r\nbeta\r\ngamma\r\nlast without end";
        Path file = bantam.workspace().resolve("win.txt");
        Files.write(file, joined(mark, text));
        Run run = bantam.run(
                "-p",
                "Edit it",
                "--json",
                "-m",
                bantam.script(
                        Said.call("read", "path", "win.txt"),
                        Said.call("edit", "path", "win.txt", "old_text", "beta\ngamma", "new_text", "BETA\nGAMMA\nNEW"),
                        Said.text("Done.")));
        assertThat(run.results().get(1)).startsWith("done: ");
        assertThat(file).hasBinaryContent(joined(mark, text.replace("beta\r\ngamma", "BETA\r\nGAMMA\r\nNEW")));
    }

    @Test
    void callsThatMakeNoSenseAreRefusedAndTheRunGoesOn() throws Exception {
        bantam.file("a.txt", "one\none\n");
        Run run = bantam.run(
                "-p",
                "Try",
                "--json",
                "--ext",
                "-read-before-edit",
                "-m",
                bantam.script(
                        Said.call("fly", "to", "the moon"),
                        Said.call("read"),
                        Said.call("read", "path", "no-such.txt"),
                        Said.call("edit", "path", "a.txt", "old_text", "one", "new_text", "two"),
                        Said.call("write", "path", "a.txt", "content", "gone"),
                        Said.call("read_file", "file_path", "a.txt"),
                        Said.text("Enough.")));
        assertThat(run.exit()).isZero();
        EventShape.check(run.events());
        List<String> statuses = run.events("tool_finished").stream()
                .map(event -> event.path("status").asText())
                .toList();
        assertThat(statuses.subList(0, 5)).doesNotContain("done");
        assertThat(statuses.get(5)).isEqualTo("done");
        assertThat(run.results().get(3)).contains("2 times");
        assertThat(run.events("decision"))
                .anyMatch(event -> event.path("verdict").asText().equals("mapped"));
        assertThat(bantam.workspace().resolve("a.txt")).hasContent("one\none\n");
    }

    @Test
    void aDamagedLineOfASessionIsNamedAndTheRunGoesOn() throws Exception {
        bantam.run("-p", "Count the sheep", "-m", bantam.script(Said.text("seven sheep")));
        List<String> lines = new ArrayList<>(Files.readAllLines(bantam.session()));
        lines.add(2, "{\"id\": \"x\" this line was damaged");
        Files.write(bantam.session(), lines);
        try (ModelServer server = ModelServer.saying(Said.text("eight sheep"))) {
            Run run = bantam.run("-c", "-p", "And now?", "--json", "-m", "llamacpp/", "--base-url", server.url());
            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.err()).contains("line 3", "damaged").hasLineCount(1);
            assertThat(server.chats().getFirst()).contains("Count the sheep", "seven sheep", "And now?");
        }
        assertThat(Files.readAllLines(bantam.session())).startsWith(lines.toArray(String[]::new));
    }

    @Test
    void aSessionFileThatHoldsNoneIsBadUsageAndLeftAsItIs() throws Exception {
        Path file = Files.writeString(bantam.folder().resolve("mine.jsonl"), "a shopping list\nmilk\n");
        Run run = bantam.run("-p", "Hello", "-m", bantam.script(Said.text("Hi")), "--session", file.toString());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("mine.jsonl", "holds no session");
        assertThat(file).hasContent("a shopping list\nmilk\n");
    }

    private static byte[] joined(byte[] mark, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[mark.length + bytes.length];
        System.arraycopy(mark, 0, all, 0, mark.length);
        System.arraycopy(bytes, 0, all, mark.length, bytes.length);
        return all;
    }
}
