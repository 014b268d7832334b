package dev.bantam.tools;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Takes a command's output as it comes and keeps little of it: what a terminal would show in the end, folded and with
 * its middle left out. All of it goes to a file once it is more than is shown.
 */
final class CommandOutput implements Consumer<ByteBuffer>, AutoCloseable {
    private final OutputLines lines = new OutputLines();
    private final TerminalText terminal = new TerminalText(lines);
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final CharBuffer chars = CharBuffer.allocate(8192);
    private final FullOutput full;
    private ByteBuffer rest = ByteBuffer.allocate(0); // the start of a character whose end is still to come

    CommandOutput(Path scratch) {
        full = new FullOutput(scratch);
    }

    @Override
    public void accept(ByteBuffer bytes) {
        full.add(bytes.duplicate());
        ByteBuffer in = bytes;
        if (rest.hasRemaining()) {
            in = ByteBuffer.allocate(rest.remaining() + bytes.remaining())
                    .put(rest)
                    .put(bytes)
                    .flip();
        }
        decode(in, false);
        rest = ByteBuffer.allocate(in.remaining()).put(in).flip();
    }

    private void decode(ByteBuffer in, boolean last) {
        boolean more = true;
        while (more) {
            more = decoder.decode(in, chars, last).isOverflow();
            terminal.add(chars.flip());
            chars.clear();
        }
    }

    /** What the model reads; called once, when the command has ended. */
    String text() {
        decode(rest, true);
        terminal.end();
        String shown = lines.isBinary() ? "[binary output, " + Shown.size(full.size()) + "]" : lines.text();
        return lines.isComplete() && !lines.isBinary() ? shown : shown + "\n[full output: " + full.save() + "]";
    }

    @Override
    public void close() throws IOException {
        full.close();
    }
}
