package dev.bantam.tools;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text and bytes of a file, with no byte lost. Bytes that are not UTF-8 become the lone surrogates U+DC80 to U+DCFF,
 * which no UTF-8 text holds, and turn back into the same bytes (the "surrogateescape" of Python, PEP 383). For people and
 * models they are shown as Windows-1252.
 */
final class TextFile {
    private static final Charset SINGLE_BYTE = Charset.forName("windows-1252");
    private static final char FIRST_ESCAPE = '\uDC80';
    private static final char LAST_ESCAPE = '\uDCFF';
    private static final int TO_BYTE = 0xDC00;

    private TextFile() {}

    static String decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) {
                return out.flip().toString();
            }
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (TO_BYTE + (in.get() & 0xFF)));
            }
            decoder.reset();
        }
    }

    static byte[] encode(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 16);
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isEscape(text, i)) {
                out.writeBytes(text.substring(done, i).getBytes(StandardCharsets.UTF_8));
                out.write(text.charAt(i) - TO_BYTE);
                done = i + 1;
            }
        }
        out.writeBytes(text.substring(done).getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    /** Whether every byte was UTF-8. */
    static boolean isUtf8(String decoded) {
        for (int i = 0; i < decoded.length(); i++) {
            if (isEscape(decoded, i)) {
                return false;
            }
        }
        return true;
    }

    /** As it is shown: escaped bytes as the characters that they most likely are. */
    static String display(String decoded) {
        if (isUtf8(decoded)) {
            return decoded;
        }
        StringBuilder shown = new StringBuilder(decoded);
        for (int i = 0; i < shown.length(); i++) {
            if (isEscape(decoded, i)) {
                shown.setCharAt(i, display(decoded.charAt(i)));
            }
        }
        return shown.toString();
    }

    /** The character for one escaped byte; any other stays. */
    static char display(char c) {
        if (c < FIRST_ESCAPE || c > LAST_ESCAPE) {
            return c;
        }
        return new String(new byte[] {(byte) (c - TO_BYTE)}, SINGLE_BYTE).charAt(0);
    }

    /**
     * New text in the form that a file takes: as it is for UTF-8, as single bytes for a file that has only such.
     *
     * @throws CharacterCodingException when the file's encoding has no such character
     */
    static String inEncodingOf(String decoded, String added) throws CharacterCodingException {
        if (!hasOnlySingleBytes(decoded)) {
            return added;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < added.length(); i++) {
            char c = added.charAt(i);
            if (c < 0x80 || isEscape(added, i)) {
                out.append(c);
            } else {
                ByteBuffer one = SINGLE_BYTE.newEncoder().encode(CharBuffer.wrap(added, i, i + 1));
                out.append((char) (TO_BYTE + (one.get() & 0xFF)));
            }
        }
        return out.toString();
    }

    /** Unpaired surrogates, which no file can hold and which would be taken for escapes, become U+FFFD. */
    static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16);
    }

    private static boolean hasOnlySingleBytes(String decoded) {
        boolean any = false;
        for (int i = 0; i < decoded.length(); i++) {
            if (isEscape(decoded, i)) {
                any = true;
            } else if (decoded.charAt(i) >= 0x80) {
                return false;
            }
        }
        return any;
    }

    private static boolean isEscape(String text, int i) {
        char c = text.charAt(i);
        return c >= FIRST_ESCAPE && c <= LAST_ESCAPE && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
