package dev.bantam.tools;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Splits a stream into lines, without ever holding more than a part of a long one. */
final class LineReader {
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final int maxBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private byte[] line = new byte[256];
    private int kept;
    private long length;
    private boolean atNewline;

    /** @param maxBytes how much of a line is kept */
    LineReader(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /** Moves to the next line; false at the end. The empty rest after a final newline is no line. */
    boolean next() throws IOException {
        kept = 0;
        length = 0;
        boolean any = false;
        atNewline = false;
        while (fill()) {
            any = true;
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            keep(position, end);
            atNewline = end < limit;
            position = atNewline ? end + 1 : end;
            if (atNewline) {
                return true;
            }
        }
        return any;
    }

    /** The line without its end, {@code \n} and any {@code \r} before it; at most what is kept of it. */
    byte[] bytes() {
        int end = kept;
        while (atNewline && kept == length && end > 0 && line[end - 1] == '\r') {
            end--;
        }
        return Arrays.copyOf(line, end);
    }

    /** How many bytes the whole line has. */
    long length() {
        return length;
    }

    private boolean fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, in.read(buffer));
        }
        return position < limit;
    }

    private void keep(int from, int to) {
        length += to - from;
        int count = Math.min(to - from, maxBytes - kept);
        if (kept + count > line.length) {
            line = Arrays.copyOf(line, Math.max(kept + count, Math.min(maxBytes, line.length * 2)));
        }
        System.arraycopy(buffer, from, line, kept, count);
        kept += count;
    }
}
