package dev.bantam.ext.writeguard;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What stands in a file that a model wants to write over. */
sealed interface ExistingFile {
    int HEAD_BYTES = 8_192;
    int SHOWN_LINES = 5;
    int SHOWN_CHARACTERS = 600;
    int SHOWN_OF_A_LINE = 200;

    /** Its bytes are those that the model wants to write. */
    record Same() implements ExistingFile {}

    record Empty() implements ExistingFile {}

    /** Bytes that are no text. */
    record Binary() implements ExistingFile {}

    /** @param start of the first line, which is too long to show */
    record LongLine(String start) implements ExistingFile {}

    /** @param first the file's own first lines, joined by line feeds, without the last line break */
    record Lines(String first) implements ExistingFile {}

    static ExistingFile read(Path file, String content) throws IOException {
        byte[] wanted = content.getBytes(StandardCharsets.UTF_8);
        long size = Files.size(file);
        if (size == wanted.length && holds(file, wanted)) {
            return new Same();
        }
        if (size == 0) {
            return new Empty();
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return head(new String(stream.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8));
        }
    }

    private static boolean holds(Path file, byte[] wanted) throws IOException {
        byte[] piece = new byte[HEAD_BYTES];
        try (InputStream there = Files.newInputStream(file);
                InputStream here = new ByteArrayInputStream(wanted)) {
            int read;
            while ((read = there.readNBytes(piece, 0, piece.length)) > 0) {
                if (!Arrays.equals(piece, 0, read, here.readNBytes(read), 0, read)) {
                    return false;
                }
            }
            return here.read() < 0;
        }
    }

    private static ExistingFile head(String text) {
        int end = 0;
        for (int line = 0; line < SHOWN_LINES && end < text.length(); line++) {
            int lineEnd = text.indexOf('\n', end);
            int next = lineEnd < 0 ? text.length() : lineEnd + 1;
            if (next > SHOWN_CHARACTERS) {
                break;
            }
            end = next;
        }
        boolean cut = end == 0;
        String first = text.substring(0, cut ? text.offsetByCodePoints(0, SHOWN_OF_A_LINE) : end)
                .replace("\r\n", "\n")
                .replace("\uFEFF", "")
                .stripTrailing();
        boolean readable = !first.isBlank() && first.indexOf('\0') < 0 && first.indexOf('\uFFFD') < 0;
        return !readable ? new Binary() : cut ? new LongLine(first) : new Lines(first);
    }
}
