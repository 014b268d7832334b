package dev.bantam.ext.verifybeforedone;

import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A command of this extension's own, run in the sandbox.
 *
 * @param output the end of what it printed
 */
record CommandRun(Ending ending, String output) {
    private static final int KEPT = 32 * 1024; // bytes
    private static final int NOT_FOUND = 127;

    enum Ending {
        PASSED,
        FAILED,
        /** It took too long or too much memory. */
        OVER_LIMIT,
        /** The sandbox would not run it, there is no such program, or the user cancelled. */
        NOT_RUN
    }

    static CommandRun of(ExtensionContext context, String line, Duration limit) {
        Tail tail = new Tail();
        try {
            Sandbox.Command command =
                    new Sandbox.Command(line, context.workspace().root(), limit);
            Sandbox.Outcome outcome = context.sandbox().run(command, bytes -> {
                byte[] piece = new byte[bytes.remaining()];
                bytes.get(piece);
                tail.add(piece);
            });
            Ending ending = switch (outcome) {
                case Sandbox.Outcome.Exited(int code, Duration took) ->
                    code == 0 ? Ending.PASSED : code == NOT_FOUND ? Ending.NOT_RUN : Ending.FAILED;
                case Sandbox.Outcome.TimedOut late -> Ending.OVER_LIMIT;
                case Sandbox.Outcome.OutOfMemory large -> Ending.OVER_LIMIT;
            };
            return new CommandRun(ending, tail.text());
        } catch (IOException e) {
            return new CommandRun(Ending.NOT_RUN, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CommandRun(Ending.NOT_RUN, "cancelled");
        }
    }

    /** The last bytes of an output of any length. */
    private static final class Tail {
        private ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        void add(byte[] piece) {
            bytes.writeBytes(piece);
            if (bytes.size() > 2 * KEPT) {
                byte[] all = bytes.toByteArray();
                bytes = new ByteArrayOutputStream();
                bytes.write(all, all.length - KEPT, KEPT);
            }
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
