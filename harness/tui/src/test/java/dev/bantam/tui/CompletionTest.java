package dev.bantam.tui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
    @TempDir
    Path workspace;

    @BeforeEach
    void createsFiles() throws IOException {
        Files.createDirectories(workspace.resolve("src"));
        Files.writeString(workspace.resolve("src/Calc.java"), "");
        Files.writeString(workspace.resolve("src/Cat\u001b[2J.java"), "");
        Files.writeString(workspace.resolve(".secret"), "");
    }

    @Test
    void completesCommandsAtTheBeginningOnly() {
        assertThat(offered("/u")).contains("/undo", "/help", "/quit", "/status");
        assertThat(offered("/skill:")).contains("/skill:git");
        assertThat(offered("say /u")).isEmpty();
    }

    @Test
    void completesFilesOfTheWorkspaceAfterAnAtSign() {
        assertThat(offered("look at @s")).containsExactly("@src/");
        assertThat(offered("look at @src/Ca")).containsExactly("@src/Calc.java");
    }

    @Test
    void offersNothingOutsideOfTheWorkspaceAndNothingHiddenUnasked() {
        assertThat(offered("@../")).isEmpty();
        assertThat(offered("@/etc/")).isEmpty();
        assertThat(offered("@")).containsExactly("@src/");
        assertThat(offered("@.s")).containsExactly("@.secret");
    }

    private List<String> offered(String line) {
        List<Candidate> candidates = new ArrayList<>();
        new Completion(workspace, new Commands(new FakeDriver())::all)
                .complete(
                        null, new DefaultParser().parse(line, line.length(), Parser.ParseContext.COMPLETE), candidates);
        return candidates.stream().map(Candidate::value).toList();
    }
}
