package dev.bantam.engine.tokenizer;

/** Unicode's character classes as pre-tokenizers mean them. */
final class Classes {
    private static final int LETTER = 1 << Character.UPPERCASE_LETTER
            | 1 << Character.LOWERCASE_LETTER
            | 1 << Character.TITLECASE_LETTER
            | 1 << Character.MODIFIER_LETTER
            | 1 << Character.OTHER_LETTER;
    private static final int NUMBER =
            1 << Character.DECIMAL_DIGIT_NUMBER | 1 << Character.LETTER_NUMBER | 1 << Character.OTHER_NUMBER;

    private static final int MARK =
            1 << Character.NON_SPACING_MARK | 1 << Character.COMBINING_SPACING_MARK | 1 << Character.ENCLOSING_MARK;
    private static final int UPPER = LETTER & ~(1 << Character.LOWERCASE_LETTER) | MARK;
    private static final int LOWER =
            LETTER & ~(1 << Character.UPPERCASE_LETTER | 1 << Character.TITLECASE_LETTER) | MARK;

    private Classes() {}

    /** {@code \p{L}}. */
    static boolean isLetter(int c) {
        return (LETTER >> Character.getType(c) & 1) != 0;
    }

    /** {@code \p{N}}. */
    static boolean isNumber(int c) {
        return (NUMBER >> Character.getType(c) & 1) != 0;
    }

    /** {@code [\p{L}\p{M}]}. */
    static boolean isLetterOrMark(int c) {
        return ((LETTER | MARK) >> Character.getType(c) & 1) != 0;
    }

    /** {@code [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]}: what may stand in the upper-case part of a word. */
    static boolean isUpper(int c) {
        return (UPPER >> Character.getType(c) & 1) != 0;
    }

    /** {@code [\p{Ll}\p{Lm}\p{Lo}\p{M}]}: what may stand in its lower-case part; letters without case are in both. */
    static boolean isLower(int c) {
        return (LOWER >> Character.getType(c) & 1) != 0;
    }

    /** Unicode's White_Space, which is neither of Java's two notions of it. */
    static boolean isSpace(int c) {
        return c >= 0x09 && c <= 0x0d
                || c == 0x20
                || c == 0x85
                || c == 0xa0
                || c == 0x1680
                || c >= 0x2000 && c <= 0x200a
                || c == 0x2028
                || c == 0x2029
                || c == 0x202f
                || c == 0x205f
                || c == 0x3000;
    }
}
