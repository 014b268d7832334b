package dev.bantam.engine.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * GPT-2's way to write bytes as printable characters: those of Latin-1 that print stand for themselves, the others for
 * U+0100 and on. Radford et al., <a
 * href="https://github.com/openai/gpt-2/blob/master/src/encoder.py">bytes_to_unicode</a>.
 */
final class ByteAlphabet {
    private static final char[] CHARACTERS = characters();
    private static final short[] BYTES = bytes();

    private ByteAlphabet() {}

    static char character(byte value) {
        return CHARACTERS[value & 0xff];
    }

    /** How bytes are written. */
    static String encode(byte[] bytes) {
        char[] written = new char[bytes.length];
        for (int i = 0; i < written.length; i++) {
            written[i] = character(bytes[i]);
        }
        return new String(written);
    }

    /** The bytes that a token's written form stands for; characters outside the alphabet give their UTF-8. */
    static byte[] decode(String written) {
        byte[] bytes = new byte[written.length()];
        for (int i = 0; i < bytes.length; i++) {
            char c = written.charAt(i);
            if (c >= BYTES.length || BYTES[c] < 0) {
                return decodeMixed(written);
            }
            bytes[i] = (byte) BYTES[c];
        }
        return bytes;
    }

    private static byte[] decodeMixed(String written) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(written.length());
        written.codePoints().forEach(c -> {
            if (c < BYTES.length && BYTES[c] >= 0) {
                out.write(BYTES[c]);
            } else {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        });
        return out.toByteArray();
    }

    private static char[] characters() {
        char[] characters = new char[256];
        char next = 0x100;
        for (int b = 0; b < 256; b++) {
            boolean prints = b >= '!' && b <= '~' || b >= 0xa1 && b <= 0xac || b >= 0xae;
            characters[b] = prints ? (char) b : next++;
        }
        return characters;
    }

    private static short[] bytes() {
        short[] bytes = new short[0x100 + 68];
        Arrays.fill(bytes, (short) -1);
        for (int b = 0; b < 256; b++) {
            bytes[CHARACTERS[b]] = (short) b;
        }
        return bytes;
    }
}
