package dev.bantam.model.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.model.local.Box;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TalkExampleTest {
    @TempDir
    Path folder;

    @Test
    void theReadmesProgramRuns() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TalkExample.talk(
                Box.file(folder),
                "Create TODO.txt with the text \"Truant margin\".",
                new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("write", "TODO.txt", "Truant margin", "TokenUsage")
                .containsPattern("(STOP|TOOL_EXECUTION|LENGTH)\\s*$");
    }

    @Test
    void theReadmeQuotesTheProgramThatIsTested() throws Exception {
        String source = Files.readString(Path.of("src/test/java/dev/bantam/model/langchain4j/TalkExample.java"));
        String program = source.substring(source.indexOf("public final class"));
        assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + program + "```");
    }
}
