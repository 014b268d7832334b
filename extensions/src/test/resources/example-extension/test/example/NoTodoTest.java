package example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.ext.Rig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoTodoTest {
    @TempDir
    Path folder;

    @Test
    void unfinishedFilesAreNotWritten() throws Exception {
        Rig rig = new Rig(folder).with(new NoTodo()).set("no-todo.word", "FIXME");
        rig.model
                .calls("write", "path", "a.py", "content", "# FIXME later\n")
                .calls("write", "path", "a.py", "content", "x = 1\n")
                .calls("todos", "path", "a.py")
                .says("Done.");

        rig.run("Write a.py.");

        assertThat(Files.readString(folder.resolve("a.py"))).isEqualTo("x = 1\n");
        assertThat(rig.model.requests().get(1).messages().getLast().text()).startsWith("write refused: the content");
        assertThat(rig.lastRead()).isEqualTo("none in a.py");
        assertThat(rig.decisions()).containsExactly("no-todo call refused");
    }
}
