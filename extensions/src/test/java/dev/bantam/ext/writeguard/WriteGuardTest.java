package dev.bantam.ext.writeguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Event;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.ToolResult;
import dev.bantam.ext.FileTools;
import dev.bantam.ext.Rig;
import dev.bantam.ext.toolcallrepair.ToolCallRepair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteGuardTest {
    @TempDir
    Path folder;

    private Path file;
    private Rig rig;

    @BeforeEach
    void start() throws IOException {
        file = folder.resolve("app.py");
        Files.writeString(file, "import os\n\ndef main():\n    print(\"hi\")\n\nmain()\nrest\n");
        rig = new Rig(folder).with(new WriteGuard());
    }

    @Test
    void refusesToOverwriteAnExistingFileAndShowsTheEditToMake() throws IOException {
        rig.model.calls("write", "path", "app.py", "content", "print()").says("ok");

        rig.run("go");

        assertThat(rig.lastRead())
                .startsWith(
                        "write refused: app.py already exists, and write only makes new files. Nothing was changed.")
                .contains("import os\n\ndef main():\n    print(\"hi\")\n")
                .contains(
                        "edit {\"path\": \"app.py\", \"old_text\": \"import os\\n\\ndef main():\\n    print(\\\"hi\\\")\","
                                + " \"new_text\": ");
        assertThat(rig.events(Event.ToolFinished.class).getFirst().result()).isInstanceOf(ToolResult.Refused.class);
        assertThat(rig.decisions()).containsExactly("write-guard call refused");
        assertThat(Files.readString(file)).startsWith("import os");
    }

    @Test
    void theEditThatItShowsIsOneThatTheRealToolTakes() throws IOException {
        rig.model.calls("write", "path", "app.py", "content", "print()");
        rig.model.does((request, listener) -> {
            String shown = request.messages().getLast().text();
            String call = shown.lines()
                    .filter(line -> line.startsWith("edit {"))
                    .findFirst()
                    .orElseThrow();
            String json = "{\"name\": \"edit\", \"arguments\": " + call.substring(5) + "}";
            return new Message.Assistant(java.util.List.of(new Part.Text(json)), dev.bantam.api.Finish.STOP);
        });
        rig.model.says("ok");
        rig.with(new ToolCallRepair());

        rig.run("go");

        assertThat(Files.readString(file)).isEqualTo("the lines that replace them\n\nmain()\nrest\n");
    }

    @Test
    void saysWhenTheFileAlreadyHasThatContent() throws IOException {
        rig.model
                .calls("write", "path", "app.py", "content", Files.readString(file))
                .says("ok");

        rig.run("go");

        assertThat(rig.lastRead()).contains("app.py already has exactly this content", "go on with the next step");
    }

    @Test
    void fillsAnEmptyFileByAnEdit() throws IOException {
        Files.writeString(folder.resolve("new.py"), "");
        rig.model.calls("write", "path", "new.py", "content", "x = 1\n").says("ok");

        rig.run("go");

        assertThat(rig.lastRead())
                .contains("is empty", "edit {\"path\": \"new.py\", \"old_text\": \"\", \"new_text\": \"x = 1\\n\"}");
    }

    @Test
    void showsNoBytesThatAreNoText() throws IOException {
        Files.write(folder.resolve("a.bin"), new byte[] {0, 1, 2, (byte) 0xFF});
        rig.model.calls("write", "path", "a.bin", "content", "x").says("ok");

        rig.run("go");

        assertThat(rig.lastRead()).contains("a.bin already exists", "no text that edit could replace");
    }

    @Test
    void showsTheEditOfAPieceWhereTheFirstLineIsLong() throws IOException {
        String line = "var a={" + "\"key\":1,".repeat(600) + "};";
        Files.writeString(folder.resolve("app.min.js"), line + "\n");
        rig.model.calls("write", "path", "app.min.js", "content", "x").says("ok");

        rig.run("go");

        assertThat(rig.lastRead())
                .contains(line.substring(0, 200) + "\n", "edit {\"path\": \"app.min.js\", \"old_text\": \"var a={")
                .doesNotContain("no text")
                .hasSizeLessThan(1_500);
    }

    @Test
    void offersNoEditWhereThereIsNone() {
        rig.tools(FileTools.all().stream()
                .filter(tool -> !tool.spec().name().equals("edit"))
                .toList());
        rig.model.calls("write", "path", "app.py", "content", "x").says("ok");

        rig.run("go");

        assertThat(rig.lastRead())
                .contains("Choose a path that does not exist yet")
                .doesNotContain("edit");
    }

    @Test
    void leavesNewFilesFoldersAndPathsOutsideToTheTool() throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        rig.model
                .calls("write", "path", "sub/new.py", "content", "x = 1\n")
                .calls("write", "path", "../other.py", "content", "x")
                .calls("write_file", "file_path", "app.py", "text", "x")
                .says("ok");

        rig.run("go");

        assertThat(Files.readString(folder.resolve("sub/new.py"))).isEqualTo("x = 1\n");
        assertThat(rig.events(Event.ToolFinished.class))
                .extracting(finished ->
                        finished.result().content().lines().findFirst().orElse(""))
                .containsExactly(
                        "written",
                        "../other.py is outside the workspace",
                        "write refused: app.py already exists, and write only makes new files. Nothing was changed.");
    }

    @Test
    void showsOnlyAFewLinesOfALargeFile() throws IOException {
        Files.writeString(file, "a line that is not short at all, and stands here many times\n".repeat(5_000));
        rig.model.calls("write", "path", "app.py", "content", "x").says("ok");

        rig.run("go");

        assertThat(rig.lastRead()).hasSizeLessThan(1_500);
    }
}
