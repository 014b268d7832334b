package dev.bantam.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Where commands run. One instance serves one session; {@link #close} ends what it started. */
public interface Sandbox extends AutoCloseable {
    /** {@code docker}, {@code bubblewrap}, {@code none}; or {@code refused} where no command runs. */
    String kind();

    /** Begins to start what the first command needs, and returns at once: a container can start while the model reads. */
    default void prepare() {}

    /**
     * Runs a shell command to its end. At the time limit, and when the calling thread is interrupted, the whole process
     * tree is ended.
     *
     * @param output receives standard output and standard error as they come, in one stream; called from one thread at
     *     a time; the buffer is only valid during the call
     * @throws RefusedException when commands may not run here; the message is for the model
     * @throws IOException when the command could not be started at all; the message says what to do
     * @throws InterruptedException when the user cancelled; nothing of the command is left running
     */
    Outcome run(Command command, Consumer<ByteBuffer> output) throws IOException, InterruptedException;

    /**
     * Starts a command with a terminal of its own. It goes on until it ends, its time limit is reached, it is closed, or
     * the sandbox is closed; then nothing of it is left running.
     *
     * @param output receives what the terminal shows as it comes, from one thread at a time; the buffer is only valid
     *     during the call
     * @throws IOException when it could not be started; the message says what to do
     */
    Terminal open(Command command, int columns, int rows, Consumer<ByteBuffer> output)
            throws IOException, InterruptedException;

    @Override
    void close();

    /** A command that runs with a terminal, which echoes what is typed and turns control characters into signals. */
    interface Terminal extends AutoCloseable {
        /** Sends bytes as if they were typed on a keyboard. */
        void type(byte[] bytes) throws IOException;

        void resize(int columns, int rows) throws IOException;

        /** Empty while the command runs. After the time limit and {@link #close}, some number other than zero. */
        OptionalInt exitCode();

        /** Waits for the end, and for the output to be delivered; tells whether it came within the limit. */
        boolean await(Duration limit) throws InterruptedException;

        /** Ends the command with all that it started. */
        @Override
        void close();
    }

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

    /** Commands may not run, and trying again changes nothing. */
    final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        public RefusedException(String message) {
            super(message);
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
