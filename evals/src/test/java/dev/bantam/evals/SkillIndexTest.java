package dev.bantam.evals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Skill;
import dev.bantam.api.Skills;
import dev.bantam.engine.Engine;
import dev.bantam.engine.Tokenizer;
import dev.bantam.model.remote.TokenEstimate;
import dev.bantam.skills.Library;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each card that comes with Bantam costs, measured. {@code mvn test -Dgolden.update=true} writes {@code
 * skills/INDEX.md} anew.
 */
class SkillIndexTest {
    /** Qwen2's vocabulary without the tokens that are no ASCII: an ASCII text is cut as by the whole one. */
    private static final String VOCABULARY = "qwen2-ascii.gguf.gz";

    private static final Path INDEX = Path.of("../skills/INDEX.md");
    private static final int MOST_KNOWLEDGE = 150;
    private static final int MOST_TOOL = 120;

    private final Skills shipped = Library.of(Path.of("no such folder"), Map.of());
    private Tokenizer qwen;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("qwen2-ascii.gguf");
        try (InputStream packed = SkillIndexTest.class.getResourceAsStream(VOCABULARY);
                InputStream in = new GZIPInputStream(packed)) {
            Files.copy(in, file);
        }
        qwen = Engine.tokenizer(file);
    }

    @Test
    void theIndexNamesEveryCardWithItsCost() throws IOException {
        String index = index();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(INDEX, index);
        }

        assertThat(Files.readString(INDEX)).isEqualTo(index);
    }

    @Test
    void everyCardFitsWhatIsSetAsideForIt() {
        assertThat(shipped.ofKind("knowledge"))
                .allSatisfy(card -> assertThat(Math.max(tokens(card), TokenEstimate.likely(card.text())))
                        .as(card.name() + ", also where tokens are only estimated")
                        .isLessThanOrEqualTo(MOST_KNOWLEDGE));
        assertThat(shipped.ofKind("tool"))
                .allSatisfy(card -> assertThat(tokens(card)).as(card.name()).isLessThanOrEqualTo(MOST_TOOL));
    }

    @Test
    void theVocabularyCutsAsQwenDoes() {
        assertThat(qwen.encode("Hello, world!", false)).hasSize(4); // Hello|,| world|!
        assertThat(qwen.encode("def add(a, b):\n    return a + b\n", false)).hasSize(12);
    }

    private String index() {
        StringBuilder index = new StringBuilder("""
                # The cards that come with Bantam

                Written by `SkillIndexTest` in evals. Tokens are those of Qwen2's tokenizer, for what the model reads.

                | Card | Kind | Tokens | What it is for |
                |---|---|---:|---|
                """);
        for (Skill skill : shipped.all()) {
            index.append("| [%s](%s) | %s | %d | %s |\n"
                    .formatted(skill.name(), skill.file(), skill.kind(), tokens(skill), skill.description()));
        }
        return index.toString();
    }

    private int tokens(Skill skill) {
        return qwen.encode(skill.text(), false).length;
    }
}
