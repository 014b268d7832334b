package dev.bantam.app.sandbox;

import dev.bantam.api.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Where no sandbox can be had and nobody allowed plain processes: every command is refused, in words for the model. */
public final class NoSandbox implements Sandbox {
    private volatile boolean refused;

    public boolean hasRefused() {
        return refused;
    }

    @Override
    public String kind() {
        return SandboxChoice.REFUSED;
    }

    @Override
    public Outcome run(Command command, Consumer<ByteBuffer> output) throws IOException {
        throw refusal();
    }

    @Override
    public Terminal open(Command command, int columns, int rows, Consumer<ByteBuffer> output) throws IOException {
        throw refusal();
    }

    private IOException refusal() throws IOException {
        refused = true;
        try (InputStream text = NoSandbox.class.getResourceAsStream("command-refused.md")) {
            return new RefusedException(new String(text.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }

    @Override
    public void close() {}
}
