package dev.bantam.sandbox.docker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the end of a command in its output: a token that {@code run.sh} prints after the last byte, with the exit code,
 * the number of processes that the memory limit ended, and how often there was no room for one more. So the end is known
 * exactly, whatever goes on to hold the pipe. A command that guesses the token fools only itself.
 */
final class EndMark {
    private static final byte FIRST = 0x1e;
    private static final int LINE_BYTES = 50;
    private static final Pattern NUMBERS = Pattern.compile(" (\\d{1,3}) (\\d{1,9}) (\\d{1,9})");
    private static final int FORGED = 255;

    private final byte[] token;
    private byte[] held = new byte[0]; // what may be the beginning of the mark
    private End end;

    /**
     * @param memoryKills processes that were ended because memory ran out
     * @param refusals processes that could not be started because there were too many
     */
    record End(int code, long memoryKills, long refusals) {}

    EndMark() {
        token = ((char) FIRST + UUID.randomUUID().toString()).getBytes(StandardCharsets.US_ASCII);
    }

    String token() {
        return new String(token, StandardCharsets.US_ASCII);
    }

    /** Passes on what is output; empty until the mark was seen, after which nothing is passed on. */
    Optional<End> take(byte[] chunk, Consumer<ByteBuffer> output) {
        if (end != null) {
            return Optional.of(end);
        }
        byte[] bytes = chunk;
        if (held.length > 0) {
            bytes = Arrays.copyOf(held, held.length + chunk.length);
            System.arraycopy(chunk, 0, bytes, held.length, chunk.length);
        }
        int mark = find(bytes);
        if (mark > 0) {
            output.accept(ByteBuffer.wrap(bytes, 0, mark));
        }
        held = Arrays.copyOfRange(bytes, mark, bytes.length);
        end = parsed();
        return Optional.ofNullable(end);
    }

    /** What turned out to be output although it began like the mark. */
    void flush(Consumer<ByteBuffer> output) {
        if (end == null && held.length > 0) {
            output.accept(ByteBuffer.wrap(held));
        }
        held = new byte[0];
    }

    /** Where the token, or what may be its beginning, begins; the length where there is none. */
    private int find(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == FIRST) {
                int most = Math.min(i + token.length, bytes.length);
                if (Arrays.equals(bytes, i, most, token, 0, most - i)) {
                    return i;
                }
            }
        }
        return bytes.length;
    }

    private End parsed() {
        if (held.length <= token.length) {
            return null;
        }
        String rest = new String(
                held, token.length, Math.min(LINE_BYTES, held.length - token.length), StandardCharsets.US_ASCII);
        int lineEnd = rest.indexOf('\n');
        if (lineEnd < 0) {
            return rest.length() < LINE_BYTES ? null : new End(FORGED, 0, 0);
        }
        Matcher numbers = NUMBERS.matcher(rest.substring(0, lineEnd));
        return numbers.matches()
                ? new End(
                        Integer.parseInt(numbers.group(1)),
                        Long.parseLong(numbers.group(2)),
                        Long.parseLong(numbers.group(3)))
                : new End(FORGED, 0, 0);
    }
}
