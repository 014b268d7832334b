package dev.bantam.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Workspace;
import dev.bantam.app.setup.Exit;
import dev.bantam.core.session.SessionTree;
import dev.bantam.core.session.Transcript;
import dev.bantam.tools.LocalWorkspace;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MentionsTest {
    @TempDir
    Path folder;

    private Started bantam;
    private Mentions mentions;

    @BeforeEach
    void start() throws IOException {
        bantam = new Started(folder);
        mentions = new Mentions(LocalWorkspace.at(bantam.workspace));
        bantam.file("README.md", "one\ntwo\nthree\n");
    }

    @Test
    void theTextOfAMentionedFileStandsBelowThePrompt() {
        assertThat(mentions.expand("What is @README.md?"))
                .isEqualTo("What is @README.md?\n\n<file path=\"README.md\">\none\ntwo\nthree\n</file>");
        assertThat(mentions.expand("@README.md:2-3")).endsWith("<file path=\"README.md\">\ntwo\nthree\n</file>");
        assertThat(mentions.expand("@README.md:9999999")).endsWith("<file path=\"README.md\">\n\n</file>");
    }

    @Test
    void linesThatNoFileHasLeaveTheMentionAsItIs() {
        for (String prompt :
                new String[] {"@README.md:0", "@README.md:99999999999", "@README.md:1-99999999999", "@a:0-0", "@a\0b"
                }) {
            assertThat(mentions.expand(prompt)).isEqualTo(prompt);
        }
    }

    @Test
    void aFileThatCannotBeReadBecomesANote() {
        Workspace locked = new Workspace() {
            @Override
            public Path root() {
                return bantam.workspace;
            }

            @Override
            public Path resolve(String name) throws IOException {
                throw new AccessDeniedException("/locked/" + name);
            }
        };

        assertThat(new Mentions(locked).expand("see @key"))
                .isEqualTo("see @key\n\n[@key was left out: /locked/key: access is denied."
                        + " Check who may read and write it]");
    }

    @Test
    void whatIsPipedInMentionsNothing() throws IOException {
        int code = bantam.runIn(
                bantam.workspace,
                "mail to a @README.md\n",
                "-p",
                "Look at @README.md:2",
                "-m",
                bantam.script("{\"text\":\"done\"}"));

        assertThat(code).isEqualTo(Exit.COMPLETED);
        assertThat(prompt())
                .isEqualTo("Look at @README.md:2\n\n<file path=\"README.md\">\ntwo\n</file>\n\nmail to a @README.md");
    }

    private String prompt() throws IOException {
        try (var files = Files.list(bantam.sessions())) {
            return Transcript.of(SessionTree.read(files.findFirst().orElseThrow()))
                    .everything()
                    .getFirst()
                    .text();
        }
    }
}
