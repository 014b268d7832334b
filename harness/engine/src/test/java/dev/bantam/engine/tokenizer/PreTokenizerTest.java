package dev.bantam.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreTokenizerTest {
    private static final String SPACE = "\\p{IsWhite_Space}";
    private static final String CONTRACTION = "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])";
    private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String PREFIX = "[^\\r\\n\\p{L}\\p{N}]?";
    private static final String END = "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    /** The published patterns; only white space is written in Java's way. */
    private static Pattern pattern(PreTokenizer pre) {
        String pattern = switch (pre) {
            case QWEN2 -> CONTRACTION + "|" + PREFIX + "\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*";
            case QWEN35 -> CONTRACTION + "|" + PREFIX + "[\\p{L}\\p{M}]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*";
            case LLAMA3, CL100K -> CONTRACTION + "|" + PREFIX + "\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*";
            case O200K ->
                PREFIX + UPPER + "*" + LOWER + "+" + CONTRACTION + "?|" + PREFIX + UPPER + "+" + LOWER + "*"
                        + CONTRACTION + "?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*";
            case TEKKEN ->
                PREFIX + UPPER + "*" + LOWER + "+|" + PREFIX + UPPER + "+" + LOWER
                        + "*|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*";
        };
        return Pattern.compile(
                (pattern + END).replace("\\S", "\\P{IsWhite_Space}").replace("\\s", SPACE));
    }

    @ParameterizedTest
    @EnumSource
    void cutsRandomTextAsThePublishedPatternDoes(PreTokenizer pre) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Pattern pattern = pattern(pre);
        for (int round = 0; round < 20_000; round++) {
            String text = text(random);
            List<String> expected = new ArrayList<>();
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                expected.add(matcher.group());
            }
            assertThat(String.join("", expected)).isEqualTo(text);
            assertThat(pieces(pre, text)).as("seed %d, text '%s'", seed, text).isEqualTo(expected);
        }
    }

    @Test
    void cutsDigitsInThreesFromTheLeft() {
        assertThat(pieces(PreTokenizer.LLAMA3, "1234567 89")).containsExactly("123", "456", "7", " ", "89");
        assertThat(pieces(PreTokenizer.TEKKEN, "123")).containsExactly("1", "2", "3");
    }

    @Test
    void keepsMarksWithTheirLettersWhereTheFamilyDoes() {
        String text = "e\u0301tude"; // e with an acute accent of its own
        assertThat(pieces(PreTokenizer.QWEN2, text)).containsExactly("e", "\u0301tude");
        assertThat(pieces(PreTokenizer.QWEN35, text)).containsExactly(text);
        assertThat(pieces(PreTokenizer.O200K, text)).containsExactly(text);
    }

    @Test
    void cutsWordsWhereTheirCaseRisesAgain() {
        assertThat(pieces(PreTokenizer.O200K, "parseHTTPResponse'LL be"))
                .containsExactly("parse", "HTTPResponse'LL", " be");
        assertThat(pieces(PreTokenizer.TEKKEN, "getURL don't")).containsExactly("get", "URL", " don", "'t");
        assertThat(pieces(PreTokenizer.O200K, "漢A Ünïcode")).containsExactly("漢", "A", " Ünïcode");
        assertThat(pieces(PreTokenizer.O200K, "//\n/x")).containsExactly("//\n/", "x");
        assertThat(pieces(PreTokenizer.LLAMA3, "//\n/x")).containsExactly("//\n", "/x");
    }

    private static List<String> pieces(PreTokenizer pre, String text) {
        int[] points = text.codePoints().toArray();
        List<String> pieces = new ArrayList<>();
        for (int start = 0; start < points.length; ) {
            int end = pre.end(points, start);
            pieces.add(new String(points, start, end - start));
            start = end;
        }
        return pieces;
    }

    /** Half of it from what patterns treat in special ways, half from anywhere in Unicode. */
    private static String text(Random random) {
        String special = "aazZ019 \t\r\n'sStTlLrReEvVdDmM/-.;\u0301\u0085\u00a0\u3000\u200b\u001c漢ǅʰéÉ½Ⅷ٣😀_";
        int[] alphabet = special.codePoints().toArray();
        return random.ints(random.nextInt(1, 16), 0, 2 * alphabet.length)
                .map(i -> i < alphabet.length ? alphabet[i] : i % 3 == 0 ? anywhere(random) : alphabet[i % 22])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int anywhere(Random random) {
        int c = random.nextInt(random.nextBoolean() ? 0x3000 : 0x110000);
        return c >= 0xd800 && c <= 0xdfff ? 'x' : c;
    }
}
