package dev.bantam.evals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program while it runs. Its streams go to files, so nobody has to read them for it to go on. */
record Running(Process process, Path output, Path errors) {
    private static final Duration LONGEST_RUN = Duration.ofMinutes(4);

    /** Waits for its end. */
    Run await() throws IOException, InterruptedException {
        if (!process.waitFor(LONGEST_RUN.toSeconds(), TimeUnit.SECONDS)) {
            kill();
            throw new IOException(
                    "the program did not end; it had printed:\n" + Files.readString(output) + Files.readString(errors));
        }
        return new Run(process.exitValue(), Files.readString(output), Files.readString(errors));
    }

    /** Waits until it has printed this on standard output. */
    void awaitOutput(String text) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_RUN.toNanos();
        while (!Files.readString(output).contains(text)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                kill();
                throw new IOException(
                        "it never printed " + text + " but:\n" + Files.readString(output) + Files.readString(errors));
            }
            Thread.sleep(20);
        }
    }

    /** Those that it started and that live. */
    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** Ends it as {@code kill -9} does, and returns what it leaves behind. */
    List<ProcessHandle> kill() throws InterruptedException {
        List<ProcessHandle> children = descendants();
        process.destroyForcibly().waitFor();
        return children;
    }
}
