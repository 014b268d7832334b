package dev.bantam.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextFileTest {

    @Test
    void losesNoByteOfAnything() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            assertThat(TextFile.encode(TextFile.decode(bytes)))
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(bytes);
        }
    }

    @Test
    void keepsCharactersThatLookLikeEscapes() {
        byte[] chicken = "🐓 \uD83D\uDC80".getBytes(StandardCharsets.UTF_8);

        assertThat(TextFile.encode(TextFile.decode(chicken))).isEqualTo(chicken);
        assertThat(TextFile.isUtf8(TextFile.decode(chicken))).isTrue();
    }

    @Test
    void writesSingleBytesIntoAFileOfSingleBytes() throws Exception {
        String latin = TextFile.decode("café".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(TextFile.encode(TextFile.inEncodingOf(latin, "naïve €")))
                .isEqualTo("naïve €".getBytes("windows-1252"));
        assertThatThrownBy(() -> TextFile.inEncodingOf(latin, "日本")).isInstanceOf(CharacterCodingException.class);
    }

    @Test
    void replacesHalfCharactersOfAModel() {
        assertThat(TextFile.wellFormed("a\uDC80b\uD800")).isEqualTo("a\uFFFDb\uFFFD");
        assertThat(TextFile.wellFormed("\uFEFFü🐓")).isEqualTo("\uFEFFü🐓");
    }
}
