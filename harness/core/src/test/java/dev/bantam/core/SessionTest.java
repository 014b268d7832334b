package dev.bantam.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.api.Arguments;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.TokenTrace;
import dev.bantam.api.ToolResult;
import dev.bantam.core.session.MessageJson;
import dev.bantam.core.session.SessionFile;
import dev.bantam.core.session.SessionTree;
import dev.bantam.core.session.Sessions;
import dev.bantam.core.session.Transcript;
import dev.bantam.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
    @TempDir
    Path folder;

    @Test
    void killingTheProcessAtAnyByteLosesAtMostTheLineBeingWritten() throws IOException {
        Path file = folder.resolve("s.jsonl");
        Rig rig = new Rig(new ScriptedModel()
                        .calls("echo", "text", "Grüße 🐓")
                        .calls("poke")
                        .says("done"))
                .recording(file);
        rig.run("go");
        rig.close();
        byte[] whole = Files.readAllBytes(file);
        List<Message> all = Transcript.of(SessionTree.read(file)).messages();
        Path cut = folder.resolve("cut.jsonl");

        for (int length = 1; length <= whole.length; length++) {
            Files.write(cut, Arrays.copyOf(whole, length));
            long wholeLines = countLines(whole, length);
            if (wholeLines == 0) {
                continue; // nothing was whole yet
            }
            SessionTree tree = SessionTree.read(cut);
            assertThat(tree.problems()).isEmpty();
            assertThat((long) tree.entries().size()).isBetween(wholeLines, wholeLines + 1);
            List<Message> kept = Transcript.of(tree).everything();
            assertThat(all.subList(0, kept.size())).isEqualTo(kept);
        }
    }

    @Test
    void aSessionThatWasTornGoesOnAndIsWholeAgain() throws IOException {
        Path file = folder.resolve("s.jsonl");
        Rig first = new Rig(new ScriptedModel().calls("poke").says("done")).recording(file);
        first.run("go");
        first.close();
        String text = Files.readString(file);
        Files.writeString(file, text + "{\"id\":\"99\",\"parent\":\"1\",\"ev");

        ScriptedModel model = new ScriptedModel().says("again");
        Rig second = new Rig(model).resuming(file);
        second.run("more");
        second.close();

        assertThat(model.lastRequest().messages())
                .extracting(Message::text)
                .containsExactly("go", "", "echo {}", "done", "more");
        assertThat(Transcript.of(SessionTree.read(file)).messages()).hasSize(6);
    }

    @Test
    void aResumedSessionBeginsWithTheSameBytes() throws IOException {
        Path file = folder.resolve("s.jsonl");
        ScriptedModel before = new ScriptedModel().calls("echo", "text", "x").says("done");
        Rig first = new Rig(before).system("made in May").recording(file);
        first.run("go");
        first.close();

        ScriptedModel after = new ScriptedModel().says("more");
        Rig second = new Rig(after).system("made in June").resuming(file);
        second.run("go on");
        second.close();

        assertThat(after.lastRequest().system()).isEqualTo("made in May");
        assertThat(after.lastRequest().messages().subList(0, 3))
                .isEqualTo(before.lastRequest().messages());
    }

    @Test
    void aCallThatWasRunningWhenTheProcessWasKilledHasAResultThatSaysSo() throws IOException {
        Path file = folder.resolve("s.jsonl");
        Rig rig = new Rig(new ScriptedModel().calls("poke").says("done")).recording(file);
        rig.run("go");
        rig.close();
        List<String> lines = Files.readAllLines(file);
        int reply = lines.indexOf(lines.stream()
                .filter(line -> line.contains("assistant_message"))
                .findFirst()
                .orElseThrow());
        Files.write(file, lines.subList(0, reply + 1));

        List<Message> messages = Transcript.of(SessionTree.read(file)).messages();

        assertThat(messages.getLast())
                .isInstanceOfSatisfying(
                        Message.ToolReply.class,
                        lost -> assertThat(lost.result()).isInstanceOf(ToolResult.Failed.class));
    }

    @Test
    void aDamagedLineIsReportedAndWhatFollowsIsKept() throws IOException {
        Path file = folder.resolve("s.jsonl");
        Rig rig = new Rig(new ScriptedModel().calls("poke").says("done")).recording(file);
        rig.run("go");
        rig.close();
        List<String> lines = new java.util.ArrayList<>(Files.readAllLines(file));
        lines.set(2, "{\"id\":garbage");
        Files.write(file, lines);

        SessionTree tree = SessionTree.read(file);

        assertThat(tree.problems()).containsExactly("line 3 is damaged and was left out");
        assertThat(tree.branch()).hasSize(lines.size() - 1);
    }

    @Test
    void aTurnThatWasLeftStaysInTheFileButNotInTheBranch() throws IOException {
        Path file = folder.resolve("s.jsonl");
        Part.ToolCall call = new Part.ToolCall("c", "poke", Arguments.NONE);
        Rig rig = new Rig(new ScriptedModel()
                        .answers(new Message.Assistant(List.of(call), Finish.LENGTH))
                        .says("done"))
                .recording(file);
        rig.run("go");
        rig.close();

        assertThat(Files.readString(file)).contains("\"finish\":\"length\"");
        assertThat(Transcript.of(SessionTree.read(file)).messages())
                .filteredOn(Message.Assistant.class::isInstance)
                .hasSize(1);
    }

    @Test
    void oneProcessAtATimeWritesASession() throws IOException {
        Path file = folder.resolve("s.jsonl");
        Rig rig = new Rig(new ScriptedModel().says("x")).recording(file);
        rig.run("go");

        assertThatThrownBy(() -> SessionFile.reopen(SessionTree.read(file))).hasMessageContaining("in use", "--fork");
        rig.close();
    }

    @Test
    void messagesAreReadBackAsTheyWereWritten() {
        List<Message> messages = List.of(
                new Message.User(
                        List.of(new Part.Text("hi"), new Part.Image("image/png", "AAAA")), Message.Origin.USER),
                new Message.Assistant(
                        List.of(
                                new Part.Thinking("hm", Optional.of("seal")),
                                new Part.Text("ok"),
                                new Part.ToolCall(
                                        "1",
                                        "edit",
                                        Arguments.of("path", "a", "n", 3, "deep", List.of(1, "x", true)),
                                        Optional.of("{raw}"))),
                        Finish.TOOL_CALLS,
                        Optional.of(new TokenTrace("m", new int[] {1, 2}, new float[] {-0.5f, -1f}))),
                new Message.ToolReply("1", "edit", new ToolResult.Done("ok", ToolResult.Effects.changing("a"))));

        assertThat(messages.stream()
                        .map(message -> MessageJson.read(MessageJson.write(message)))
                        .toList())
                .isEqualTo(messages);
    }

    @Test
    void findsSessionsByTheEndOfTheirIdAndTellsWhatIsAmbiguous() throws IOException {
        Sessions sessions = new Sessions(folder);
        for (String id : List.of("20260101-101010-aaaa", "20260102-101010-bbbb")) {
            Rig rig = new Rig(new ScriptedModel().says("x")).recording(sessions.pathOf(id));
            rig.run("Prompt of " + id);
            rig.close();
        }

        assertThat(sessions.find("bbbb")).isEqualTo(sessions.pathOf("20260102-101010-bbbb"));
        assertThatThrownBy(() -> sessions.find("2026")).hasMessageContaining("means 2 sessions");
        assertThatThrownBy(() -> sessions.find("zzzz")).hasMessageContaining("bantam sessions ls");
        assertThat(sessions.list()).extracting(Sessions.Listed::title).contains("Prompt of 20260101-101010-aaaa");
    }

    private static long countLines(byte[] bytes, int length) {
        long lines = 0;
        for (int i = 0; i < length; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        return lines;
    }
}
