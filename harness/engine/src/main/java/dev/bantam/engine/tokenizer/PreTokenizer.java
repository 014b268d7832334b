package dev.bantam.engine.tokenizer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Cuts text into the pieces within which merges happen, as the model's training did. The names are those of the metadata
 * key {@code tokenizer.ggml.pre}; those of one constant stand for the same pattern.
 *
 * <p>The patterns' alternatives are tried in the given order at each place; they are written out by hand because Java's
 * expressions need a stack as deep as a run is long, and count other characters as white space. All end with
 * {@code \s*[\r\n]+ | \s+(?!\S) | \s+}, and {@code 'c} stands for {@code '(s|t|re|ve|m|ll|d)} in any case.
 */
public enum PreTokenizer {
    /** {@code 'c | [^\r\n\p{L}\p{N}]?\p{L}+ | \p{N} | ?[^\s\p{L}\p{N}]+[\r\n]*}. */
    QWEN2(Words.LETTERS, 1, false, "qwen2", "deepseek-r1-qwen", "megrez", "stablelm2", "hunyuan", "grok-2"),

    /** {@code 'c | [^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+ | \p{N} | ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*}. */
    QWEN35(Words.LETTERS_AND_MARKS, 1, false, "qwen35"),

    /** {@link #QWEN2} with {@code \p{N}{1,3}}; takes a whole piece that is a token as it is. */
    LLAMA3(Words.LETTERS, 3, true, "llama-bpe", "llama3", "llama-v3", "falcon3", "falcon-h1", "pixtral", "lfm2"),

    /** {@link #LLAMA3}'s pattern alone. */
    CL100K(Words.LETTERS, 3, false, "dbrx", "smaug-bpe", "glm4", "chatglm-bpe"),

    /**
     * Words change from upper to lower case once. With U for {@code [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]} and l for
     * {@code [\p{Ll}\p{Lm}\p{Lo}\p{M}]}:
     * {@code [^\r\n\p{L}\p{N}]?U*l+('c)? | [^\r\n\p{L}\p{N}]?U+l*('c)? | \p{N}{1,3} | ?[^\s\p{L}\p{N}]+[\r\n/]*}. This is
     * the pattern of the training; llama.cpp's takes letters outside ASCII for both cases, and no marks into words.
     */
    O200K(Words.CASED_WITH_CONTRACTION, 3, false, "gpt-4o", "llama4"),

    /** {@link #O200K} without contractions, digits one by one; takes a whole piece that is a token as it is. */
    TEKKEN(Words.CASED, 1, true, "tekken");

    private final Words words;
    private final int digits;
    private final boolean wholePieces;
    private final List<String> names;

    PreTokenizer(Words words, int digits, boolean wholePieces, String... names) {
        this.words = words;
        this.digits = digits;
        this.wholePieces = wholePieces;
        this.names = List.of(names);
    }

    static Optional<PreTokenizer> named(String name) {
        return Arrays.stream(values()).filter(pre -> pre.names.contains(name)).findFirst();
    }

    static String supported() {
        return Arrays.stream(values()).flatMap(pre -> pre.names.stream()).collect(Collectors.joining(", "));
    }

    /** Whether a piece that is a token becomes it, even if merges would not get there ({@code ignore_merges}). */
    boolean takesWholePieces() {
        return wholePieces;
    }

    /** Whether a file that does not say so wants its beginning token; it holds for the same families. */
    boolean begins() {
        return wholePieces;
    }

    /** Where the piece that starts at {@code start} of the code points ends; past {@code start}. */
    int end(int[] text, int start) {
        int end = words.end(text, start);
        end = end > start ? end : numbers(text, start);
        end = end > start ? end : punctuation(text, start);
        return end > start ? end : space(text, start);
    }

    private int numbers(int[] text, int start) {
        int end = start;
        while (end < text.length && end < start + digits && Classes.isNumber(text[end])) {
            end++;
        }
        return end;
    }

    private int punctuation(int[] text, int start) {
        int marks = text[start] == ' ' ? start + 1 : start;
        int end = marks;
        while (end < text.length && words.isPunctuation(text[end])) {
            end++;
        }
        if (end == marks) {
            return start;
        }
        while (end < text.length && (isLineEnd(text[end]) || words.isCased() && text[end] == '/')) {
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

    static boolean isLineEnd(int c) {
        return c == '\r' || c == '\n';
    }
}
