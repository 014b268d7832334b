package dev.bantam.app.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.app.Started;
import dev.bantam.app.setup.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionFolderTest {
    private static final String LOOK = "{\"tool_calls\":[{\"tool\":\"ls\",\"arguments\":{}}]}";
    private static final String DONE = "{\"text\":\"done\"}";

    @TempDir
    Path folder;

    private Started bantam;
    private Path elsewhere;
    private String session;

    @BeforeEach
    void haveASession() throws IOException {
        bantam = new Started(folder);
        elsewhere = Files.createDirectories(folder.resolve("elsewhere")).toRealPath();
        bantam.file("here.txt", "");
        assertThat(bantam.run("-p", "hi", "-m", bantam.script(DONE))).isEqualTo(Exit.COMPLETED);
        try (var files = Files.list(bantam.sessions())) {
            session = files.findFirst().orElseThrow().toString();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-r", "--session", "--fork"})
    void aSessionGoesOnInItsOwnFolder(String option) throws IOException {
        int code = bantam.runIn(
                elsewhere, "", "-p", "more", option, session, "--json", "-m", bantam.script(LOOK, LOOK, DONE));

        assertThat(code).isEqualTo(Exit.COMPLETED);
        assertThat(bantam.out()).contains("here.txt");
        assertThat(bantam.err()).contains("this session belongs to " + bantam.workspace);
    }

    @Test
    void nothingIsSaidInTheFolderOfTheSession() throws IOException {
        assertThat(bantam.run("-p", "more", "-r", session, "-m", bantam.script(DONE, DONE)))
                .isEqualTo(Exit.COMPLETED);
        assertThat(bantam.err()).isEmpty();
    }

    @Test
    void anotherFolderThanTheSessionsIsRefused() throws IOException {
        assertThat(bantam.run("-p", "more", "-r", session, "-C", elsewhere.toString(), "-m", bantam.script(DONE)))
                .isEqualTo(Exit.USAGE);
        assertThat(bantam.err())
                .contains("this session belongs to " + bantam.workspace + ", not to " + elsewhere)
                .contains("Leave -C out");
    }

    @Test
    void aSessionWhoseFolderIsGoneNeedsANewOne() throws IOException {
        Path moved = Files.move(bantam.workspace, folder.resolve("moved")).toRealPath();

        assertThat(bantam.runIn(elsewhere, "", "-p", "more", "-r", session, "-m", bantam.script(DONE)))
                .isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).contains("is gone").contains("-C");
        assertThat(bantam.runIn(
                        elsewhere,
                        "",
                        "-p",
                        "more",
                        "-r",
                        session,
                        "-C",
                        moved.toString(),
                        "-m",
                        bantam.script(DONE, DONE)))
                .isEqualTo(Exit.COMPLETED);
    }
}
