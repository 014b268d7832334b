package dev.bantam.app;

import dev.bantam.app.setup.Invocation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Text that was piped into the program. A caller that leaves an empty pipe open would hold the run up for ever, so the
 * first byte is waited for no longer than a setting says; once it came, everything is read.
 */
final class PipedInput {
    private PipedInput() {}

    /** @return the text, empty when there is none */
    static String read(Invocation invocation, int waitSeconds) throws InterruptedException {
        if (invocation.terminalIn()) {
            return "";
        }
        CompletableFuture<Integer> first = new CompletableFuture<>();
        CompletableFuture<String> all = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("piped-input").start(() -> read(invocation.in(), first, all));
        try {
            if (waitSeconds > 0) {
                first.get(waitSeconds, TimeUnit.SECONDS);
            }
            return all.get();
        } catch (TimeoutException e) {
            invocation
                    .err()
                    .println("bantam: nothing came on standard input for " + waitSeconds
                            + " s; going on without it. Wait longer with --set stdin-wait=SECONDS (0 for ever).");
            return "";
        } catch (ExecutionException e) {
            throw new UncheckedIOException("standard input cannot be read", new IOException(e.getCause()));
        }
    }

    private static void read(InputStream in, CompletableFuture<Integer> first, CompletableFuture<String> all) {
        try {
            int one = in.read();
            first.complete(one);
            if (one < 0) {
                all.complete("");
                return;
            }
            byte[] rest = in.readAllBytes();
            byte[] bytes = new byte[rest.length + 1];
            bytes[0] = (byte) one;
            System.arraycopy(rest, 0, bytes, 1, rest.length);
            all.complete(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            first.complete(-1);
            all.completeExceptionally(e);
        }
    }
}
