package dev.bantam.engine.grammar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** How the characters of a string are written. */
enum Spelling {
    /** As Python's {@code json.dumps(text, ensure_ascii=False)} does it, without the quotes. */
    JSON,
    /** As they are; the text ends before {@link #RAW_END}, which it cannot hold. */
    RAW;

    static final String RAW_END = "\n</parameter>";
    static final byte[] RAW_END_BYTES = RAW_END.getBytes(StandardCharsets.UTF_8);

    private static final String HEX = "0123456789abcdef";

    /** The UTF-8 bytes of a text as it is written, or null when it cannot be. */
    byte[] spell(String text) {
        if (this == RAW && text.contains(RAW_END)) {
            return null;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (isPlain(utf8)) {
            return utf8;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(utf8.length + 8);
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            if (isLoneSurrogate(character)) {
                return null;
            }
            bytes.writeBytes(spell(character));
            i += Character.charCount(character);
        }
        return bytes.toByteArray();
    }

    /** Whether this is printable ASCII without escapes. */
    private static boolean isPlain(byte[] utf8) {
        for (byte value : utf8) {
            if (value < 0x20 || value == '"' || value == '\\') {
                return false;
            }
        }
        return true;
    }

    /** The bytes of one character, which is no lone surrogate. */
    byte[] spell(int character) {
        if (character >= 0x80) {
            return Character.toString(character).getBytes(StandardCharsets.UTF_8);
        }
        byte letter = this == JSON ? letter(character) : 0;
        if (letter != 0) {
            return new byte[] {'\\', letter};
        }
        if (this == JSON && character < 0x20) {
            return new byte[] {'\\', 'u', '0', '0', (byte) ('0' + (character >> 4)), (byte) HEX.charAt(character & 15)};
        }
        return new byte[] {(byte) character};
    }

    static boolean isLoneSurrogate(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    /** What follows the backslash for a character with a short escape, else 0. */
    static byte letter(int character) {
        return switch (character) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '\b' -> 'b';
            case '\f' -> 'f';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            default -> 0;
        };
    }

    /** The character with a short escape, by what follows the backslash, or -1. */
    static int escaped(int letter) {
        return switch (letter) {
            case '"' -> '"';
            case '\\' -> '\\';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> -1;
        };
    }
}
