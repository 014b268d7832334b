package dev.bantam.tui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code mvn test -Dgolden.update=true} rewrites the golden files; look at the difference before you commit it. */
class MarkdownTest {
    private static final Path GOLDEN = Path.of("src/test/resources/dev/bantam/tui");

    @ParameterizedTest
    @ValueSource(ints = {40, 100})
    void looksAsInTheGoldenFile(int width) throws IOException {
        String painted = rendered(width, sample()).stream()
                .map(Ink.STYLED::paint)
                .map(line -> line.replace('\u001b', '␛') + "\n")
                .collect(Collectors.joining());
        Path golden = GOLDEN.resolve("markdown-" + width + ".golden");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, painted);
        }
        assertThat(painted).isEqualTo(Files.readString(golden));
    }

    @RepeatedTest(30)
    void howTheTextWasCutMakesNoDifference() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String text = sample();
        List<String> pieces = new ArrayList<>();
        for (int start = 0; start < text.length(); ) {
            int end = Math.min(text.length(), start + 1 + random.nextInt(12));
            pieces.add(text.substring(start, end));
            start = end;
        }
        assertThat(rendered(60, pieces.toArray(String[]::new)))
                .as("seed %d", seed)
                .isEqualTo(rendered(60, text));
    }

    @RepeatedTest(30)
    void noWordIsLostOrDoubledInAnyMixtureOfBlocks() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] openings = {
            "", "", "- ", "  - ", "1. ", "> ", "# ", "    ", "```\n", "\n", "\n\n", "***", "| ", "<b>", "[", "`"
        };
        StringBuilder text = new StringBuilder();
        int words = 200;
        for (int i = 0; i < words; i++) {
            text.append(openings[random.nextInt(openings.length)])
                    .append("w")
                    .append(i)
                    .append("w");
            text.append(random.nextInt(3) == 0 ? " " : "\n");
        }
        String shown = String.join("\n", plain(rendered(80, text.toString())));
        for (int i = 0; i < words; i++) {
            String word = "w" + i + "w";
            assertThat(shown.split(word, -1))
                    .as("%s, seed %d, in\n%s", word, seed, text)
                    .hasSize(2);
        }
    }

    @Test
    void aBlockIsHandedOutOnceItIsCompleteAndCodeLineByLine() {
        List<AttributedString> out = new ArrayList<>();
        MarkdownStream stream = new MarkdownStream(out::addAll);
        stream.add("A *para", 80);
        assertThat(plain(out)).isEmpty();
        assertThat(plain(stream.pending(80))).containsExactly("A *para");
        stream.add("graph*\n\n```\nint a;\nint", 80);
        assertThat(plain(out)).containsExactly("A paragraph", "", "│ int a;");
        assertThat(plain(stream.pending(80))).containsExactly("│ int");
        stream.end();
        assertThat(plain(out)).endsWith("│ int a;", "│ int");
        assertThat(stream.pending(80)).isEmpty();
    }

    @Test
    void anEntityCannotBringInAnEscape() {
        assertThat(plain(rendered(80, "x &#27;[2J &#x9b;2J `\u001b[2J` [a](http://x/\u001b[2J)")))
                .allSatisfy(line ->
                        assertThat(line.codePoints()).allMatch(codePoint -> Clean.harmless(codePoint) == codePoint));
    }

    private static String sample() throws IOException {
        return Files.readString(GOLDEN.resolve("markdown.md"));
    }

    private static List<AttributedString> rendered(int width, String... pieces) {
        List<AttributedString> lines = new ArrayList<>();
        MarkdownStream stream = new MarkdownStream(lines::addAll);
        for (String piece : pieces) {
            stream.add(piece, width);
        }
        stream.end();
        return lines;
    }

    private static List<String> plain(List<AttributedString> lines) {
        return lines.stream().map(AttributedString::toString).toList();
    }
}
