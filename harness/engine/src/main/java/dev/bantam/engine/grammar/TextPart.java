package dev.bantam.engine.grammar;

import java.io.ByteArrayOutputStream;

/**
 * A place in a substring of a text, which has at least one character and is followed through its spelling. It begins and
 * ends between characters.
 */
final class TextPart implements Node.Live {
    private static final byte SEPARATOR = (byte) 0xff; // no byte of UTF-8: no substring goes over it

    /** How much of an escape has come: nothing, a backslash, then the digits of a control character. */
    private static final int PLAIN = 0;

    private static final int BACKSLASH = 1;
    private static final int U = 2;
    private static final int U_00 = 4;
    private static final int U_000 = 5;
    private static final int U_001 = 6;

    private final Spelling spelling;
    private final Node after;
    private final SuffixTree.Node at; // the substring so far
    private final int pending; // bytes that the character lacks
    private final int escape;
    private final int matched; // bytes of the end of raw text
    private final boolean begun;

    private TextPart(TextPart before, SuffixTree.Node at, int pending, int escape, int matched, boolean begun) {
        this(before.spelling, before.after, at, pending, escape, matched, begun);
    }

    private TextPart(
            Spelling spelling, Node after, SuffixTree.Node at, int pending, int escape, int matched, boolean begun) {
        this.spelling = spelling;
        this.after = after;
        this.at = at;
        this.pending = pending;
        this.escape = escape;
        this.matched = matched;
        this.begun = begun;
    }

    /** Before the first byte; null when the text has no character that can be written. */
    static TextPart of(String text, Spelling spelling, TokenTrie trie, Node after) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + text.length() / 8);
        boolean any = false;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            byte[] spelled = Spelling.isLoneSurrogate(character) ? null : spelling.spell(character);
            if (spelled == null || !trie.writes(spelled)) {
                bytes.write(SEPARATOR);
                continue;
            }
            any = true;
            if (character < 0x80) {
                bytes.write(character);
            } else {
                bytes.writeBytes(spelled);
            }
        }
        if (!any) {
            return null;
        }
        SuffixTree.Node root = new SuffixTree(bytes.toByteArray()).root();
        return new TextPart(spelling, after, root, 0, PLAIN, 0, false);
    }

    @Override
    public TextPart step(int value) {
        return switch (spelling) {
            case RAW -> character(value);
            case JSON -> json(value);
        };
    }

    private TextPart json(int value) {
        return switch (escape) {
            case PLAIN -> {
                if (value == '\\') {
                    yield pending == 0 && follows(0, 0x7f, true) ? escape(BACKSLASH) : null;
                }
                yield value < 0x20 || value == '"' ? null : character(value);
            }
            case BACKSLASH -> {
                if (value == 'u') {
                    yield follows(0, 0x1f, false) ? escape(U) : null;
                }
                int escaped = Spelling.escaped(value);
                yield escaped < 0 ? null : character(escaped);
            }
            case U_00 -> {
                if (value == '0') {
                    yield follows(0, 0x0f, false) ? escape(U_000) : null;
                }
                yield value == '1' && follows(0x10, 0x1f, false) ? escape(U_001) : null;
            }
            case U_000, U_001 -> {
                int digit = value >= '0' && value <= '9'
                        ? value - '0'
                        : value >= 'a' && value <= 'f' ? value - 'a' + 10 : -1;
                int control = digit + (escape == U_001 ? 0x10 : 0);
                yield digit < 0 || Spelling.letter(control) != 0 ? null : character(control);
            }
            default -> value == '0' ? escape(escape + 1) : null;
        };
    }

    /** Whether a control character (or, {@code shortOnes}, any that needs an escape) in these bounds goes on the substring. */
    private boolean follows(int low, int high, boolean shortOnes) {
        for (int value : at.labels()) {
            if (value >= low && value <= high) {
                boolean isShort = Spelling.letter(value) != 0;
                if (isShort ? shortOnes : value < 0x20) {
                    return true;
                }
            }
        }
        return false;
    }

    private TextPart escape(int progress) {
        return new TextPart(this, at, 0, progress, 0, begun);
    }

    /** Takes a byte of the text itself. */
    private TextPart character(int value) {
        boolean continues = value >= 0x80 && value < 0xc0;
        if (continues != pending > 0 || value >= 0xf8) {
            return null;
        }
        SuffixTree.Node next = at.step(value);
        if (next == null) {
            return null;
        }
        int left = continues ? pending - 1 : value >= 0xf0 ? 3 : value >= 0xe0 ? 2 : value >= 0xc0 ? 1 : 0;
        int end = 0;
        if (spelling == Spelling.RAW) {
            byte[] pattern = Spelling.RAW_END_BYTES; // it has no border: a mismatch begins anew
            end = value == pattern[matched] ? matched + 1 : value == pattern[0] ? 1 : 0;
            if (end == pattern.length) {
                return null;
            }
        }
        return new TextPart(this, next, left, PLAIN, end, true);
    }

    @Override
    public boolean ends() {
        return begun && pending == 0 && escape == PLAIN;
    }

    @Override
    public boolean goesOn() {
        return !ends() || at.labels().length > 0;
    }

    @Override
    public int only() {
        int only = -1;
        for (int value = 0; value < 256 && !ends(); value++) {
            if (step(value) != null) {
                if (only >= 0) {
                    return -1;
                }
                only = value;
            }
        }
        return only;
    }

    @Override
    public Node after() {
        return after;
    }
}
