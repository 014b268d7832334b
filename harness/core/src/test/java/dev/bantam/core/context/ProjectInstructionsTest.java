package dev.bantam.core.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectInstructionsTest {
    @TempDir
    Path folder;

    private Path workspace;
    private Path user;

    @BeforeEach
    void makeFolders() throws IOException {
        workspace = Files.createDirectories(folder.resolve("workspace")).toRealPath();
        user = Files.createDirectories(folder.resolve("user")).toRealPath();
        Files.writeString(workspace.resolve("CLAUDE.md"), "another's");
    }

    @Test
    void aFileThatIsTooLargeIsNamedAndNoOtherTakesItsPlace() throws IOException {
        Files.writeString(workspace.resolve("AGENTS.md"), "x".repeat((256 << 10) + 1));

        assertThat(ProjectInstructions.find(workspace, user))
                .extracting(ProjectInstructions.Instructions::text)
                .containsExactly("[AGENTS.md is larger than 256 KB and was left out]");
    }

    @Test
    void aLinkThatLeadsOutIsLeftOutAndNoOtherTakesItsPlace() throws IOException {
        Files.createSymbolicLink(
                workspace.resolve("AGENTS.md"), Files.writeString(folder.resolve("outside.md"), "secret"));

        assertThat(ProjectInstructions.find(workspace, user)).isEmpty();
    }

    @Test
    void withoutTheFirstNameTheOtherCounts() throws IOException {
        assertThat(ProjectInstructions.find(workspace, user))
                .extracting(ProjectInstructions.Instructions::text)
                .containsExactly("another's");
    }
}
