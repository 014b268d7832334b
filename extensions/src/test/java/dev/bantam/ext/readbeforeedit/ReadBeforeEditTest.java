package dev.bantam.ext.readbeforeedit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Arguments;
import dev.bantam.api.Event;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.ToolResult;
import dev.bantam.ext.FileTools;
import dev.bantam.ext.Rig;
import dev.bantam.ext.writeguard.WriteGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadBeforeEditTest {
    private static final String CONTENT = "a = 1\nb = 2\n";

    @TempDir
    Path folder;

    private Path file;
    private Rig rig;

    @BeforeEach
    void start() throws IOException {
        file = folder.resolve("app.py");
        Files.writeString(file, CONTENT);
        rig = new Rig(folder).with(new ReadBeforeEdit());
    }

    private void edits(Rig in, String from, String to) {
        in.model.calls("edit", "path", "app.py", "old_text", from, "new_text", to);
    }

    @Test
    void refusesToEditWhatWasNotReadAndSaysWhatToRead() throws IOException {
        edits(rig, "a = 1", "a = 2");
        rig.model.says("ok");

        rig.run("go");

        assertThat(rig.lastRead())
                .startsWith("edit refused: app.py has not been read in this session")
                .contains("\nread {\"path\": \"app.py\"}\n");
        assertThat(rig.events(Event.ToolFinished.class).getFirst().result()).isInstanceOf(ToolResult.Refused.class);
        assertThat(rig.decisions()).containsExactly("read-before-edit call refused");
        assertThat(Files.readString(file)).isEqualTo(CONTENT);
    }

    @Test
    void itsWordsAreThoseOfTheRealTool() {
        assertThat(FileTools.READ.parameters().fields())
                .extracting(field -> field.name())
                .contains("path", "offset", "limit");
    }

    @Test
    void editsWhatWasRead() throws IOException {
        rig.model.calls("read", "path", "app.py");
        edits(rig, "a = 1", "a = 2");
        edits(rig, "b = 2", "b = 3");
        rig.model.says("ok");

        rig.run("go");

        assertThat(Files.readString(file)).isEqualTo("a = 2\nb = 3\n");
        assertThat(rig.decisions()).isEmpty();
    }

    @Test
    void refusesWhenTheFileChangedSince() throws IOException {
        rig.model.calls("read", "path", "app.py");
        rig.model.does((request, listener) -> {
            write("a = 1\nb = 7\n");
            return new Message.Assistant(
                    List.of(new Part.ToolCall(
                            "x", "edit", Arguments.of("path", "app.py", "old_text", "a = 1", "new_text", "a = 2"))),
                    Finish.TOOL_CALLS);
        });
        rig.model.calls("read", "path", "app.py");
        edits(rig, "a = 1", "a = 2");
        rig.model.says("ok");

        rig.run("go");

        assertThat(rig.conversation())
                .anySatisfy(message ->
                        assertThat(message.text()).startsWith("edit refused: app.py is no longer as you last saw it"));
        assertThat(Files.readString(file)).isEqualTo("a = 2\nb = 7\n");
    }

    @Test
    void whatTheSessionWroteCountsAsRead() throws IOException {
        rig.model
                .calls("write", "path", "new.py", "content", "x = 1\n")
                .calls("edit", "path", "new.py", "old_text", "x = 1", "new_text", "x = 2")
                .says("ok");

        rig.run("go");

        assertThat(Files.readString(folder.resolve("new.py"))).isEqualTo("x = 2\n");
    }

    @Test
    void whatACommandShowedWholeOrAPersonMentionedCountsAsRead() throws IOException {
        edits(rig, "a = 1", "a = 2");
        rig.model.says("ok");

        rig.run("Look at this:\n" + CONTENT);

        assertThat(Files.readString(file)).startsWith("a = 2");
    }

    @Test
    void aSessionThatIsTakenUpAgainKnowsWhatItRead() throws IOException {
        rig.model.calls("read", "path", "app.py").says("ok");
        rig.run("go");
        Rig again = new Rig(folder).with(new ReadBeforeEdit()).after(List.of(Message.User.of("summary")));
        edits(again, "a = 1", "a = 2");
        again.model.says("ok");
        again.run("go on");

        assertThat(Files.readString(file)).startsWith("a = 2");
    }

    @Test
    void whatWasSaidBeforeCountsWithoutItsOwnRecord() throws IOException {
        rig.after(List.of(Message.User.of("go"), new Message.ToolReply("1", "read", new ToolResult.Done(CONTENT))));
        edits(rig, "a = 1", "a = 2");
        rig.model.says("ok");

        rig.run("go on");

        assertThat(Files.readString(file)).startsWith("a = 2");
    }

    @Test
    void aPieceThatWasShownWithTheNameOfItsFileMayBeReplaced() throws IOException {
        rig.with(new WriteGuard());
        write("a = 1\n" + "b = 2\n".repeat(50));
        rig.model.calls("write", "path", "app.py", "content", "x");
        edits(rig, "a = 1", "a = 2");
        edits(rig, "no such", "a = 2");
        rig.model.says("ok");

        rig.run("go");

        assertThat(rig.decisions()).containsExactly("write-guard call refused");
        assertThat(Files.readString(file)).startsWith("a = 2");
    }

    @Test
    void whatAPersonQuotedIsNotWhatWasRead() throws IOException {
        edits(rig, "a = 1", "a = 2");
        rig.model.says("ok");

        rig.run("In app.py, replace a = 1 by a = 2.");

        assertThat(Files.readString(file)).isEqualTo(CONTENT);
    }

    @Test
    void anotherSessionKnowsNothingOfIt() throws IOException {
        rig.model.calls("read", "path", "app.py").says("ok");
        rig.run("go");
        Rig other = new Rig(folder).with(new ReadBeforeEdit()).session("other");
        edits(other, "a = 1", "a = 2");
        other.model.says("ok");
        other.run("go");

        assertThat(Files.readString(file)).isEqualTo(CONTENT);
    }

    @Test
    void namesThePlaceInALongFile() throws IOException {
        write("line\n".repeat(900) + "here\n" + "line\n".repeat(900));
        edits(rig, "here", "there");
        rig.model.says("ok");

        rig.run("go");

        assertThat(rig.lastRead()).contains("read {\"path\": \"app.py\", \"offset\": 881, \"limit\": 400}");
    }

    @Test
    void leavesMissingAndEmptyFilesAndPathsOutsideToTheTool() throws IOException {
        Files.writeString(folder.resolve("empty.py"), "");
        rig.model
                .calls("edit", "path", "empty.py", "old_text", "", "new_text", "x")
                .calls("edit", "path", "../x.py", "old_text", "a", "new_text", "b")
                .says("ok");

        rig.run("go");

        assertThat(rig.decisions()).isEmpty();
    }

    @Test
    void withoutAToolToReadItAsksForNothing() throws IOException {
        rig.tools(FileTools.all().stream()
                .filter(tool -> !tool.spec().name().equals("read"))
                .toList());
        edits(rig, "a = 1", "a = 2");
        rig.model.says("ok");

        rig.run("go");

        assertThat(Files.readString(file)).startsWith("a = 2");
    }

    private void write(String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
