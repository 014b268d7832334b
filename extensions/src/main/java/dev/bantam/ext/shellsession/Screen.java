package dev.bantam.ext.shellsession;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What a terminal shows, as lines without escape codes. Fed by the sandbox's thread, read by the session's.
 *
 * <p>The shell tells its state by marks between two record separators: {@code NONCE:B} before a command's output, and
 * {@code NONCE:E:CODE:FOLDER} at its prompt.
 */
final class Screen implements Consumer<ByteBuffer> {
    static final char MARK = '\u001E';

    /** Lines with this word are the shell's own, should the terminal echo them. */
    static final String OWN = "__bantam_";

    private static final int LONGEST_LINE = 4_000;
    private static final int LONGEST_MARK = 8_000;

    private final String nonce;
    private final Escapes escapes = new Escapes();
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer rest = ByteBuffer.allocate(0); // the start of a character whose end is still to come
    private Lines lines = new Lines();
    private final StringBuilder line = new StringBuilder();
    private boolean returned; // a carriage return came, and nothing since
    private StringBuilder mark; // null outside of one
    private boolean begun;
    private Prompt prompt; // null while a command runs
    private long changedAt = System.nanoTime();
    private StringBuilder recorded; // everything, while it is wanted; else null

    /** The shell waits for a command. */
    record Prompt(int exitCode, String folder) {}

    Screen(String nonce) {
        this.nonce = nonce;
    }

    @Override
    public synchronized void accept(ByteBuffer bytes) {
        ByteBuffer in = ByteBuffer.allocate(rest.remaining() + bytes.remaining())
                .put(rest)
                .put(bytes)
                .flip();
        CharBuffer chars = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, chars, false);
        rest = ByteBuffer.allocate(in.remaining()).put(in).flip();
        chars.flip();
        while (chars.hasRemaining()) {
            char c = chars.get();
            if (mark != null || c == MARK) {
                inMark(c);
            } else if (escapes.passes(c)) {
                show(c);
            }
        }
        changedAt = System.nanoTime();
        notifyAll();
    }

    private void inMark(char c) {
        if (mark == null) {
            mark = new StringBuilder();
        } else if (c == MARK) {
            String[] parts = mark.toString().split(":", 4);
            mark = null;
            marked(parts);
        } else if (mark.append(c).length() > LONGEST_MARK) {
            mark = null; // some program's own bytes
        }
    }

    private void marked(String[] parts) {
        if (parts.length == 2 && parts[0].equals(nonce)) {
            begun = true;
            line.setLength(0);
        } else if (parts.length == 4 && parts[0].equals(nonce) && begun) {
            prompt = new Prompt(Integer.parseInt(parts[2]), parts[3]);
        }
    }

    private void show(char c) {
        if (recorded != null && c != '\r') {
            recorded.append(c);
        }
        switch (c) {
            case '\n' -> finishLine();
            case '\r' -> returned = true;
            case '\b' -> line.setLength(Math.max(0, line.length() - 1));
            default -> {
                if (returned) {
                    line.setLength(0);
                    returned = false;
                }
                if (line.length() < LONGEST_LINE && (c == '\t' || !Character.isISOControl(c))) {
                    line.append(c);
                }
            }
        }
    }

    private void finishLine() {
        returned = false;
        if (line.indexOf(OWN) < 0) {
            lines.add(line.length() < LONGEST_LINE ? line.toString() : line + " [cut]");
        }
        line.setLength(0);
    }

    /** A command is about to be sent: only what comes from now on tells that it is over. */
    synchronized void expect() {
        begun = false;
        prompt = null;
        escapes.reset();
    }

    /** Something is about to be typed to the program that asked: its prompt has been answered. */
    synchronized void expectInput() {
        changedAt = System.nanoTime();
        line.setLength(0);
    }

    /** Keeps everything that is shown from now on. */
    synchronized void record() {
        recorded = new StringBuilder();
    }

    synchronized String recorded() {
        String all = recorded.toString();
        recorded = null;
        lines = new Lines();
        return all;
    }

    /** Waits for a change, at most so long. */
    synchronized void await(long millis) throws InterruptedException {
        if (prompt == null) {
            wait(Math.max(1, millis));
        }
    }

    synchronized Optional<Prompt> prompt() {
        return Optional.ofNullable(prompt);
    }

    /** The line at which the cursor stands. */
    synchronized String lastLine() {
        return line.toString();
    }

    synchronized boolean takesTheScreen() {
        return escapes.wholeScreen();
    }

    synchronized long quietNanos() {
        return System.nanoTime() - changedAt;
    }

    /** Whether there is something to take. */
    synchronized boolean hasShown() {
        return !line.isEmpty() || !lines.isEmpty();
    }

    /** Waits for the shell's prompt; tells whether it came. */
    synchronized boolean awaitPrompt(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (prompt == null && System.nanoTime() - deadline < 0) {
            wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        }
        return prompt != null;
    }

    /** What was shown since this was asked last. */
    synchronized String take() {
        if (!line.isEmpty() && line.indexOf(OWN) < 0) {
            lines.add(line.toString());
            line.setLength(0);
        }
        String text = lines.text();
        lines = new Lines();
        return text;
    }
}
