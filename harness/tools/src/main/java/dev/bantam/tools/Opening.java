package dev.bantam.tools;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens files to read that a command may replace by a named pipe at any moment: looking first does not help. Opening a
 * pipe waits for its other end, so a thread of its own does it, and reading one never ends, so what was opened is asked.
 */
final class Opening implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private ExecutorService thread; // made at the first use
    private boolean stuck;

    /** @param name for errors */
    SeekableByteChannel regular(String name, Callable<SeekableByteChannel> open) throws IOException {
        if (thread == null) {
            thread = Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("bantam-opening").factory());
        }
        Future<SeekableByteChannel> opened = thread.submit(open);
        try {
            return seekable(name, opened.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            stuck = true;
            throw new IOException(name + " became a pipe while it was being opened", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Whether a pipe still holds the thread, and with it the folder's lock. */
    boolean isStuck() {
        return stuck;
    }

    /** A pipe has no position. */
    static SeekableByteChannel seekable(String name, SeekableByteChannel channel) throws IOException {
        try {
            channel.position();
            return channel;
        } catch (ClosedByInterruptException e) {
            throw e; // the file was open already when the thread was interrupted
        } catch (IOException e) {
            channel.close();
            throw new IOException(name + " became a pipe while it was being opened", e);
        }
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }
}
