package dev.bantam.app.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.app.Started;
import dev.bantam.app.setup.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    private static final String MUCH =
            "{\"tool_calls\":[{\"tool\":\"bash\",\"arguments\":{\"command\":\"seq 1 30000\"}}]}";
    private static final String DONE = "{\"text\":\"done\"}";

    @TempDir
    Path folder;

    private Started bantam;
    private Path scratch;

    @BeforeEach
    void start() throws IOException {
        bantam = new Started(folder);
        scratch = bantam.data().resolve("scratch");
    }

    @Test
    void theFullOutputOfASessionStaysReadable() throws IOException {
        assertThat(bantam.run("-p", "hi", "--sandbox", "none", "-m", bantam.script(MUCH, DONE)))
                .isEqualTo(Exit.COMPLETED);
        assertThat(scratch).isDirectoryRecursivelyContaining("regex:.*/bash-.*txt");
    }

    @Test
    void withoutASessionNothingStays() throws IOException {
        assertThat(bantam.run(
                        "-p", "hi", "--no-session", "--sandbox", "none", "--json", "-m", bantam.script(MUCH, DONE)))
                .isEqualTo(Exit.COMPLETED);
        assertThat(bantam.out()).contains("[full output: " + scratch);
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void whatIsOlderThanAWeekIsRemovedAndNothingBehindALink() throws IOException {
        Path valued = Files.createDirectories(folder.resolve("valued"));
        Files.writeString(valued.resolve("text"), "x");
        Path old = Files.createDirectories(scratch.resolve("old"));
        Files.writeString(old.resolve("bash-1.txt"), "x");
        Files.createSymbolicLink(old.resolve("link"), valued);
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        Path recent = Files.createDirectories(scratch.resolve("recent"));

        assertThat(bantam.run("-p", "hi", "-m", bantam.script(DONE))).isEqualTo(Exit.COMPLETED);

        assertThat(old).doesNotExist();
        assertThat(recent).exists();
        assertThat(valued.resolve("text")).exists();
    }
}
