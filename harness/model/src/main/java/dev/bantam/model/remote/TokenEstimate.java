package dev.bantam.model.remote;

/**
 * Counts tokens without a tokenizer, in two ways: {@link #likely} errs to the high side, for planning; {@link #atLeast}
 * is a floor, for telling that a server has read less than it was sent.
 *
 * <p>The floor counts what byte-pair tokenizers of the GPT-2 kind (GPT, Llama 3, Qwen) cut a text into before they
 * merge: a run of letters with the character before it, digits in groups of three, a run of punctuation, a run of
 * white space. No merge crosses these borders, so there cannot be fewer tokens.
 */
public final class TokenEstimate {
    private static final double CHARS_PER_TOKEN = 3.6;
    private static final int LONGEST_WORD = 16;

    private TokenEstimate() {}

    public static int likely(String text) {
        int wide = 0;
        for (int i = 0; i < text.length(); i++) {
            wide += text.charAt(i) >= 0x2E80 ? 1 : 0; // Han, Kana, Hangul, emoji: about a token each
        }
        double byLength = (text.length() - wide) / CHARS_PER_TOKEN + wide;
        return (int) Math.ceil(Math.max(byLength, atLeast(text) * 1.1));
    }

    public static int atLeast(String text) {
        int tokens = 0;
        int i = 0;
        while (i < text.length()) {
            int start = i;
            char first = text.charAt(i);
            if (Character.isLetter(first)) {
                i = letters(text, i);
                tokens += 1 + (i - start - 1) / LONGEST_WORD;
            } else if (Character.isDigit(first)) {
                while (i < text.length() && Character.isDigit(text.charAt(i))) {
                    i++;
                }
                tokens += (i - start + 2) / 3;
            } else if (first != '\n' && first != '\r' && startsWord(text, i + 1)) {
                i = letters(text, i + 1); // the character before a word belongs to it
                tokens += 1 + (i - start - 2) / LONGEST_WORD;
            } else if (Character.isWhitespace(first)) {
                i = blanks(text, i);
                tokens += i == start ? 0 : 1;
                i = Math.max(i, start + 1);
            } else {
                i = marks(text, i);
                tokens++;
            }
        }
        return tokens;
    }

    private static boolean startsWord(String text, int i) {
        return i < text.length() && Character.isLetter(text.charAt(i));
    }

    private static int letters(String text, int i) {
        while (i < text.length() && (Character.isLetter(text.charAt(i)) || Character.isSurrogate(text.charAt(i)))) {
            i++;
        }
        return i;
    }

    /** A run of white space, without a last blank that the piece after it takes along. */
    private static int blanks(String text, int i) {
        int end = i;
        while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end < text.length() && text.charAt(end - 1) == ' ' ? end - 1 : end;
    }

    /** A run of punctuation and the line ends behind it. */
    private static int marks(String text, int i) {
        while (i < text.length()
                && !Character.isLetterOrDigit(text.charAt(i))
                && !Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        while (i < text.length() && (text.charAt(i) == '\n' || text.charAt(i) == '\r')) {
            i++;
        }
        return i;
    }
}
