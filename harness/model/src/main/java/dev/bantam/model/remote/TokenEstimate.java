package dev.bantam.model.remote;

/**
 * Counts tokens without a tokenizer, in two ways: {@link #likely} errs to the high side, for planning; {@link #atLeast}
 * is a floor, for telling that a server has read less than it was sent.
 *
 * <p>The floor counts what byte-pair tokenizers of the GPT-2 kind (GPT, Llama 3, Qwen) cut a text into before they
 * merge: a run of Latin letters with the character before it, digits in groups of three, a run of punctuation, a run of
 * white space. No merge crosses these borders, so there cannot be fewer tokens. Tokenizers differ too much on other
 * scripts and signs for that; these count a small share of their length, or nothing.
 */
public final class TokenEstimate {
    private static final double CHARS_PER_TOKEN = 3.6;
    private static final int LONGEST_WORD = 24;
    /** Of scripts other than Latin, in UTF-16 units; o200k's longest average is near 5 (Arabic, Hindi). */
    private static final int MOST_FOREIGN_CHARS_PER_TOKEN = 8;

    private final String text;
    private int at;
    private int tokens;
    private int foreign;

    private TokenEstimate(String text) {
        this.text = text;
    }

    public static int likely(String text) {
        double foreign = 0;
        int others = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x2E80) { // Han, Kana, Hangul, emoji: about a token each
                foreign++;
            } else if (c >= 0x0590 && c < 0x1E00) { // Hebrew to Mongolian, as vocabularies with few of their words do
                foreign += 0.6;
            } else {
                others++;
            }
        }
        return (int) Math.ceil(Math.max(others / CHARS_PER_TOKEN + foreign, atLeast(text) * 1.1));
    }

    public static int atLeast(String text) {
        TokenEstimate estimate = new TokenEstimate(text);
        while (estimate.at < text.length()) {
            estimate.piece();
        }
        return estimate.tokens + estimate.foreign / MOST_FOREIGN_CHARS_PER_TOKEN;
    }

    private void piece() {
        char first = text.charAt(at);
        if (isLetter(at)) {
            word();
        } else if (isDigit(first)) {
            int start = at;
            while (at < text.length() && isDigit(text.charAt(at))) {
                at++;
            }
            tokens += (at - start + 2) / 3;
        } else if (first != '\n' && first != '\r' && isLetter(at + 1)) {
            at++; // the character before a word belongs to it
            word();
        } else if (Character.isWhitespace(first)) {
            blanks();
        } else {
            marks();
        }
    }

    private void word() {
        int start = at;
        boolean latin = true;
        while (isLetter(at) || isInsideAWord(at)) {
            int letter = text.codePointAt(at);
            latin &= !Character.isLetter(letter) || Character.UnicodeScript.of(letter) == Character.UnicodeScript.LATIN;
            at += Character.charCount(letter);
        }
        if (latin) {
            tokens += 1 + (at - start - 1) / LONGEST_WORD;
        } else {
            foreign += at - start;
        }
    }

    /** A run of white space, without a last blank that the piece after it takes along. */
    private void blanks() {
        int start = at;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at < text.length() && text.charAt(at - 1) == ' ') {
            tokens += at - 1 > start ? 1 : 0;
            at = Math.max(at - 1, start + 1);
        } else {
            tokens++;
        }
    }

    /** A run of punctuation and the line ends behind it; one without ASCII may be part of the word before it. */
    private void marks() {
        boolean ascii = false;
        while (at < text.length()
                && !isLetter(at)
                && !isDigit(text.charAt(at))
                && !Character.isWhitespace(text.charAt(at))) {
            ascii |= text.charAt(at) < 0x80;
            at++;
        }
        while (at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r')) {
            at++;
        }
        tokens += ascii ? 1 : 0;
    }

    private boolean isLetter(int i) {
        return i < text.length() && Character.isLetter(text.codePointAt(i));
    }

    /** Accents and vowel signs, joiners, and the apostrophe of a contraction. */
    private boolean isInsideAWord(int i) {
        if (i >= text.length()) {
            return false;
        }
        return switch (Character.getType(text.codePointAt(i))) {
            case Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT -> true;
            default -> (text.charAt(i) == '\'' || text.charAt(i) == '’') && isLetter(i + 1);
        };
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
