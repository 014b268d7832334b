package dev.bantam.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** Where commands run. One instance serves one session; {@link #close} ends what it started. */
public interface Sandbox extends AutoCloseable {
    /** {@code docker}, {@code bubblewrap} or {@code none}. */
    String kind();

    /**
     * Runs a shell command to its end. At the time limit, and when the calling thread is interrupted, the whole process
     * tree is ended.
     *
     * @param output receives standard output and standard error as they come, in one stream; called from one thread at
     *     a time; the buffer is only valid during the call
     * @throws IOException when the command could not be started at all; the message says what to do
     * @throws InterruptedException when the user cancelled; nothing of the command is left running
     */
    Outcome run(Command command, Consumer<ByteBuffer> output) throws IOException, InterruptedException;

    @Override
    void close();

    /**
     * A command line for {@code /bin/sh}, or {@code bash} where there is one.
     *
     * @param environment variables set beside the sandbox's own minimal ones; never the agent's
     */
    record Command(String line, Path folder, Duration timeLimit, Map<String, String> environment) {
        public Command {
            environment = Map.copyOf(environment);
        }

        public Command(String line, Path folder, Duration timeLimit) {
            this(line, folder, timeLimit, Map.of());
        }
    }

    /** How a command ended. */
    sealed interface Outcome {
        Duration took();

        record Exited(int code, Duration took) implements Outcome {}

        record TimedOut(Duration took) implements Outcome {}

        record OutOfMemory(Duration took) implements Outcome {}
    }
}
