package dev.bantam.engine.tokenizer;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Cuts text into the pieces within which merges happen, as the model's training did. The names are those of the metadata
 * key {@code tokenizer.ggml.pre}; a new one needs a constant here.
 */
public enum PreTokenizer {
    /**
     * The pattern below, tried in this order at each place; written out by hand because Java's expressions need a stack as
     * deep as a run is long, and count other characters as white space.
     *
     * <pre>
     * '(s|t|re|ve|m|ll|d) in any case  |  [^\r\n\p{L}\p{N}]?\p{L}+  |  \p{N}  |  ?[^\s\p{L}\p{N}]+[\r\n]*
     * |  \s*[\r\n]+  |  \s+(?!\S)  |  \s+
     * </pre>
     */
    QWEN2("qwen2") {
        @Override
        int end(int[] text, int start) {
            int end = contraction(text, start);
            end = end > start ? end : word(text, start);
            end = end > start ? end : Classes.isNumber(text[start]) ? start + 1 : start;
            end = end > start ? end : punctuation(text, start);
            return end > start ? end : space(text, start);
        }
    };

    private final String name;

    PreTokenizer(String name) {
        this.name = name;
    }

    static Optional<PreTokenizer> named(String name) {
        return Arrays.stream(values()).filter(pre -> pre.name.equals(name)).findFirst();
    }

    static String supported() {
        return Arrays.stream(values()).map(pre -> pre.name).collect(Collectors.joining(", "));
    }

    /** Where the piece that starts at {@code start} of the code points ends; past {@code start}. */
    abstract int end(int[] text, int start);

    private static int contraction(int[] text, int start) {
        if (text[start] != '\'' || start + 1 == text.length) {
            return start;
        }
        int first = lower(text[start + 1]);
        if (first == 's' || first == 't' || first == 'm' || first == 'd') {
            return start + 2;
        }
        int second = start + 2 < text.length ? lower(text[start + 2]) : 0;
        boolean pair = first == 'r' && second == 'e' || first == 'v' && second == 'e' || first == 'l' && second == 'l';
        return pair ? start + 3 : start;
    }

    private static int word(int[] text, int start) {
        int c = text[start];
        int letters = start;
        if (!Classes.isLetter(c) && c != '\r' && c != '\n' && !Classes.isNumber(c)) {
            letters++;
        }
        int end = letters;
        while (end < text.length && Classes.isLetter(text[end])) {
            end++;
        }
        return end > letters ? end : start;
    }

    private static int punctuation(int[] text, int start) {
        int marks = text[start] == ' ' ? start + 1 : start;
        int end = marks;
        while (end < text.length && Classes.isPunctuation(text[end])) {
            end++;
        }
        if (end == marks) {
            return start;
        }
        while (end < text.length && isLineEnd(text[end])) {
            end++;
        }
        return end;
    }

    private static int space(int[] text, int start) {
        int end = start;
        int afterLineEnd = start;
        while (end < text.length && Classes.isSpace(text[end])) {
            end++;
            afterLineEnd = isLineEnd(text[end - 1]) ? end : afterLineEnd;
        }
        if (afterLineEnd > start) {
            return afterLineEnd;
        }
        return end == text.length || end == start + 1 ? end : end - 1;
    }

    private static boolean isLineEnd(int c) {
        return c == '\r' || c == '\n';
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
}
