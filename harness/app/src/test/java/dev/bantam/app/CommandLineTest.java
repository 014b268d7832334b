package dev.bantam.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.app.setup.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final String DONE = "{\"text\":\"done\"}";

    @TempDir
    Path folder;

    private Started bantam;

    @BeforeEach
    void start() throws IOException {
        bantam = new Started(folder);
    }

    @Test
    void aFileWhoseNameFollowsAnAtSignIsNeverReadAsOptions() throws IOException {
        Path notes = bantam.file("notes.md", "--trust --set no.such=1");

        assertThat(bantam.run("-p", "@" + notes, "--json", "-m", bantam.script(DONE)))
                .isEqualTo(Exit.COMPLETED);
        assertThat(bantam.run("@" + notes, "-p", "--json", "-m", bantam.script(DONE)))
                .isEqualTo(Exit.COMPLETED);
        assertThat(bantam.run("sessions", "show", lastSession())).isZero();
        assertThat(bantam.out()).contains("@" + notes).contains("--trust --set no.such=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rpc", "serve now", "sessions export 1 --html"})
    void commandsOfLaterVersionsAreNoPrompts(String words) {
        assertThat(bantam.run(words.split(" "))).isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).contains("not available yet in this version");
    }

    @Test
    void aSessionOfWhichNothingIsKeptNeedsNoFolderToKeepItIn() throws IOException {
        bantam.environment.put("XDG_DATA_HOME", bantam.file("no-folder", "").toString());

        assertThat(bantam.run("-p", "hi", "--no-session", "--sandbox", "none", "-m", bantam.script(DONE)))
                .isEqualTo(Exit.COMPLETED);
        assertThat(bantam.run("-p", "hi", "--sandbox", "none", "-m", bantam.script(DONE)))
                .isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).contains("XDG_DATA_HOME");
    }

    @Test
    void aPromptMayBeTheWordOfALaterCommand() throws IOException {
        assertThat(bantam.run("-p", "serve", "-m", bantam.script(DONE))).isEqualTo(Exit.COMPLETED);
    }

    @Test
    void whatAModelWroteDoesNotSteerTheTerminalWhenItIsShown() throws IOException {
        String model = bantam.script(
                "{\"text\":\"a\\u001b]0;owned\\u0007b\\tc\",\"tool_calls\":[{\"tool\":\"ls\\u001b[2J\",\"arguments\":{}}]}",
                DONE);
        assertThat(bantam.run("-p", "hi\u001b[31m", "-m", model)).isEqualTo(Exit.COMPLETED);

        assertThat(bantam.run("sessions", "show", lastSession())).isZero();
        assertThat(bantam.out()).contains("]0;owned").doesNotContain("\u001b").doesNotContain("\u0007");
        assertThat(bantam.run("sessions", "ls")).isZero();
        assertThat(bantam.out()).contains("hi").doesNotContain("\u001b");
    }

    @Test
    void anErrorOfAFileSaysMoreThanItsPath() throws IOException {
        Files.createDirectories(bantam.data());
        Files.writeString(bantam.sessions(), "in the way");

        assertThat(bantam.run("-p", "hi", "-m", bantam.script(DONE))).isEqualTo(Exit.FAILED);
        assertThat(bantam.err()).contains(bantam.sessions() + " exists already. Move it away.");
    }

    @Test
    void aForkIsKeptWhereThereWereNoSessionsYet() throws IOException {
        assertThat(bantam.run("-p", "hi", "-m", bantam.script(DONE))).isEqualTo(Exit.COMPLETED);
        Path original = Files.move(Path.of(lastSession()), folder.resolve("kept.jsonl"));
        Files.delete(bantam.sessions());

        assertThat(bantam.run("-p", "more", "--fork", original.toString(), "-m", bantam.script(DONE, DONE)))
                .isEqualTo(Exit.COMPLETED);
        assertThat(lastSession()).isNotEmpty();
    }

    private String lastSession() throws IOException {
        try (var files = Files.list(bantam.sessions())) {
            return files.sorted().toList().getLast().toString();
        }
    }
}
