package dev.bantam.tools;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Some lines of a file.
 *
 * @param text the lines, without the last one's end
 * @param first number of the first line, from 1
 * @param shown how many lines the text holds
 * @param totalLines of the file, or as many as were counted
 * @param counted whether the whole file was counted
 * @param utf8 whether all the text was UTF-8
 * @param cutLineBytes length of the one line shown when even that was too long, else 0
 */
record Page(String text, long first, int shown, long totalLines, boolean counted, boolean utf8, long cutLineBytes) {
    static final int MAX_BYTES = 50 * 1024;

    /** A larger file's lines are not counted to the end. */
    private static final long MAX_COUNTED_BYTES = 1L << 30;

    static Page read(InputStream in, long first, int limit) throws IOException, InterruptedException {
        LineReader lines = new LineReader(in, MAX_BYTES);
        StringBuilder text = new StringBuilder();
        long number = 0;
        int shown = 0;
        long bytes = 0;
        long passed = 0;
        long cutLine = 0;
        boolean open = true;
        boolean utf8 = true;
        boolean more = lines.next();
        for (; more && passed < MAX_COUNTED_BYTES; more = lines.next()) {
            number++;
            passed += lines.length() + 1;
            if ((number & 0xFFF) == 0 && Thread.interrupted()) {
                throw new InterruptedException("read was cancelled");
            }
            if (number < first || !open) {
                continue;
            }
            bytes += lines.length() + 1;
            if (shown > 0 && bytes > MAX_BYTES) {
                open = false;
                continue;
            }
            byte[] line = lines.bytes();
            if (lines.length() > MAX_BYTES) {
                cutLine = lines.length();
                line = withoutCutCharacter(line);
            }
            String decoded = TextFile.decode(line);
            utf8 &= TextFile.isUtf8(decoded);
            text.append(shown > 0 ? "\n" : "").append(TextFile.display(number == 1 ? withoutMark(decoded) : decoded));
            shown++;
            open = shown < limit && bytes <= MAX_BYTES;
        }
        return new Page(text.toString(), first, shown, number, !more, utf8, cutLine);
    }

    boolean isPastTheEnd() {
        return shown == 0;
    }

    /** What is to be said of the text, below it; nothing when it is the whole file. */
    String notes(String first) {
        StringBuilder notes = new StringBuilder(first.isEmpty() ? "" : "\n" + first);
        if (!utf8) {
            notes.append("\n[not UTF-8; shown as Windows-1252]");
        }
        if (cutLineBytes > 0) {
            notes.append("\n[line ").append(this.first).append(" has ").append(Shown.size(cutLineBytes));
            notes.append("; its first ")
                    .append(Shown.size(MAX_BYTES))
                    .append(" are shown. Use bash for the rest: cut -c]");
        }
        long last = this.first + shown - 1;
        if (last < totalLines) {
            notes.append("\n[lines ")
                    .append(this.first)
                    .append('-')
                    .append(last)
                    .append(" of ");
            notes.append(counted ? "" : "more than ").append(totalLines);
            notes.append("; continue with offset ").append(last + 1).append(']');
        }
        return notes.toString();
    }

    private static String withoutMark(String line) {
        return line.startsWith("\uFEFF") ? line.substring(1) : line;
    }

    /** A cut may have gone through a character of several bytes. */
    private static byte[] withoutCutCharacter(byte[] line) {
        int end = line.length;
        while (end > line.length - 4 && (line[end - 1] & 0xC0) == 0x80) {
            end--;
        }
        boolean leads = (line[end - 1] & 0xC0) == 0xC0;
        return leads ? Arrays.copyOf(line, end - 1) : line;
    }
}
