package dev.bantam.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Arguments;
import dev.bantam.api.LiveConstraint;
import dev.bantam.api.ToolResult;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random files with mixed line ends, byte order marks and bytes of no encoding. Replay with {@code -Dbantam.seed=N}. */
class EditFuzzTest {
    private static final String[] PARTS = {
        "x",
        "foo(bar)",
        " ",
        "  ",
        "\t",
        "\n",
        "\n",
        "\r\n",
        "\r",
        "é",
        "日本",
        "🐓",
        "\u2019",
        "\u201C",
        "\u2014",
        "\u00A0",
        "\"",
        "'",
        "-",
        "\uFEFF",
        "a b",
        "\n\n",
        "    y = 1"
    };

    @TempDir
    Path temporary;

    private final long seed = Long.getLong("bantam.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void changesNoByteOutsideTheSpan() throws Exception {
        ToolBench bench = new ToolBench(temporary);
        for (int round = 0; round < 400; round++) {
            byte[] before = bytes(random.nextInt(40));
            byte[] after = bytes(random.nextInt(40));
            String mark = "MARK" + random.nextInt(10) + (random.nextBoolean() ? "\n" : "\r\n") + "it's";
            String inFile = disguise(mark);
            Path file =
                    bench.file("f.txt", concat(before, ("<<" + inFile + ">>").getBytes(StandardCharsets.UTF_8), after));

            ToolResult result =
                    bench.call("edit", "path", "f.txt", "old_text", "<<" + mark + ">>", "new_text", "<<done>>");

            String where = "seed " + seed + ", round " + round;
            assertThat(result).as(where).isInstanceOf(ToolResult.Done.class);
            assertThat(Files.readAllBytes(file))
                    .as(where)
                    .isEqualTo(concat(before, "<<done>>".getBytes(StandardCharsets.UTF_8), after));
        }
    }

    /** For an exact match between plain line ends, the careful way gives what the simple way would. */
    @Test
    void replacesAnExactMatchAsItIs() {
        String[] parts = {"a", "b", " ", "\t", "\n", "\n", "x y", "é", "'", "\u2019", "    "};
        for (int round = 0; round < 20_000; round++) {
            String before = text(parts, random.nextInt(12));
            String oldText = "{" + text(parts, random.nextInt(12)) + "}";
            String newText = random.nextBoolean()
                    ? text(parts, random.nextInt(14))
                    : oldText.replace(parts[random.nextInt(parts.length)], text(parts, 2));
            String after = text(parts, random.nextInt(12));

            Edit.Outcome outcome = new Edit("f", before + oldText + after, oldText, newText, false).apply();

            if (!oldText.equals(newText)) {
                assertThat(outcome)
                        .as("seed %d, round %d", seed, round)
                        .isInstanceOfSatisfying(
                                Edit.Outcome.Changed.class,
                                changed -> assertThat(changed.text()).isEqualTo(before + newText + after));
            }
        }
    }

    /** Words are replaced in a line that the model wrote with plain signs: everything else stays as the file has it. */
    @Test
    void keepsEveryCharacterOfALineThatTheNewTextDoesNotTouch() {
        String[] signs = {
            " ", " ", "\u00A0", "‘", "’", "“", "”", "–", " — ", "'", "\"", "-", ", ", " “", "” ", "\u3000", "(", "é",
            "🐓"
        };
        for (int round = 0; round < 20_000; round++) {
            StringBuilder file = new StringBuilder("<");
            StringBuilder oldText = new StringBuilder("<");
            StringBuilder newText = new StringBuilder("<");
            StringBuilder expected = new StringBuilder("<");
            int words = 1 + random.nextInt(8);
            for (int i = 0; i < words; i++) {
                String word = "ab".repeat(1 + random.nextInt(2));
                String changed = random.nextInt(3) == 0 ? "new" + random.nextInt(3) : word;
                String between = text(signs, 1 + random.nextInt(3));
                file.append(word).append(between);
                expected.append(changed).append(between);
                oldText.append(word);
                newText.append(changed);
                oldText.append(plain(between));
                newText.append(plain(between));
            }
            String where = "seed " + seed + ", round " + round + ", " + file + " to " + expected;
            Edit.Outcome outcome = new Edit("f", "x\n" + file + ">\ny", oldText + ">", newText + ">", false).apply();
            if (!oldText.toString().contentEquals(newText)) {
                assertThat(outcome)
                        .as(where)
                        .isInstanceOfSatisfying(
                                Edit.Outcome.Changed.class,
                                changed -> assertThat(changed.text()).as(where).isEqualTo("x\n" + expected + ">\ny"));
            }
        }
    }

    /** Whatever of the file is kept, the line says what the new text says. */
    @Test
    void writesTheNewTextButForLookAlikes() {
        String[] parts = {"a", "b", "it's", " ", "\u00A0", "‘", "’", "“", "”", "–", "'", "\"", "-", "\"a\"", "'b'"};
        for (int round = 0; round < 20_000; round++) {
            String file = "<" + text(parts, random.nextInt(10)) + "“>";
            String oldText = plain(file);
            String newText = "<" + plain(text(parts, random.nextInt(10))) + "!>";

            Edit.Outcome outcome = new Edit("f", file, oldText, newText, false).apply();

            assertThat(outcome)
                    .as("seed %d, round %d, %s with %s", seed, round, file, newText)
                    .isInstanceOfSatisfying(
                            Edit.Outcome.Changed.class,
                            changed -> assertThat(plain(changed.text())).isEqualTo(newText));
        }
    }

    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text);
        for (int i = 0; i < plain.length(); i++) {
            plain.setCharAt(i, Tolerance.plain(plain.charAt(i)));
        }
        return plain.toString();
    }

    private String text(String[] parts, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }

    /** What is masked to the file's text while it is sampled can always be found. */
    @Test
    void findsEverythingThatReadShows() throws Exception {
        ToolBench bench = new ToolBench(temporary);
        LiveConstraint.SubstringOf oldText = (LiveConstraint.SubstringOf)
                bench.tool("edit").constraints(bench.context()).get(1);
        for (int round = 0; round < 400; round++) {
            bench.file("f.txt", bytes(1 + random.nextInt(60)));
            String shown = oldText.text().apply(Arguments.of("path", "f.txt")).orElse("");
            if (shown.isBlank()) {
                continue;
            }
            int start = random.nextInt(shown.length());
            int end = start + 1 + random.nextInt(shown.length() - start);
            String piece = TextFile.wellFormed(shown.substring(start, end));

            String where = "seed " + seed + ", round " + round;
            String answer =
                    bench.text("edit", "path", "f.txt", "old_text", piece, "new_text", "#", "replace_all", true);
            if (!piece.contains("\uFFFD") && !piece.isBlank()) {
                assertThat(answer).as(where).doesNotContain("does not occur");
            }
        }
    }

    /** The same text as a file may hold it. */
    private String disguise(String text) {
        return switch (random.nextInt(4)) {
            case 0 -> text;
            case 1 -> text.replace("\r\n", "\n");
            case 2 -> text.replace("'", "\u2019");
            default -> text.replaceFirst("\r?\n", " \t \r\n");
        };
    }

    private byte[] bytes(int parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < parts; i++) {
            if (random.nextInt(8) == 0) {
                out.write(0x80 + random.nextInt(0x80));
            } else {
                out.writeBytes(PARTS[random.nextInt(PARTS.length)].getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] bytes = out.toByteArray();
        boolean utf16 = bytes.length > 1 && (bytes[0] & 0xFE) == 0xFE && (bytes[1] & 0xFE) == 0xFE;
        return utf16 ? Arrays.copyOfRange(bytes, 2, bytes.length) : bytes;
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
