package dev.bantam.ext.web;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;

/** Asks servers, with a limit to the time and to the size of their answers. Follows no redirects. */
final class Http {
    private static final String AGENT = "Bantam/0.1 (coding agent; reads single pages)";

    private final Duration limit;
    private final int maxBytes;
    private HttpClient client; // null until the first request: most sessions have none

    Http(Duration limit, int maxBytes) {
        this.limit = limit;
        this.maxBytes = maxBytes;
    }

    /** @param cut whether there was more than the limit */
    record Answer(int status, HttpHeaders headers, byte[] body, boolean cut) {
        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    /** The time that is left for what was begun. */
    record Deadline(long atNanos, Duration whole) {
        long leftMillis() {
            return Math.max(0, TimeUnit.NANOSECONDS.toMillis(atNanos - System.nanoTime()));
        }
    }

    Deadline begin() {
        return new Deadline(System.nanoTime() + limit.toNanos(), limit);
    }

    int maxBytes() {
        return maxBytes;
    }

    /** @param wanted whether the body is worth its bytes; else it is not read */
    Answer ask(HttpRequest.Builder request, Predicate<HttpResponse.ResponseInfo> wanted, Deadline deadline)
            throws WebException, InterruptedException {
        HttpRequest made = request.setHeader("User-Agent", AGENT)
                .setHeader("Accept-Encoding", "gzip")
                .build();
        CompletableFuture<HttpResponse<LimitedBody.Bytes>> answer =
                client().sendAsync(made, info -> new LimitedBody(wanted.test(info) ? maxBytes : 0));
        try {
            HttpResponse<LimitedBody.Bytes> response = answer.get(deadline.leftMillis(), TimeUnit.MILLISECONDS);
            return Decoded.answer(response, maxBytes);
        } catch (TimeoutException e) {
            throw WebException.failed(made.uri().getHost() + " did not answer within "
                    + deadline.whole().toSeconds() + " s. Try another page.");
        } catch (ExecutionException e) {
            throw WebException.failed(made.uri().getHost() + " " + reason(e.getCause()) + ".");
        } finally {
            answer.cancel(true); // also when the person cancelled
        }
    }

    private static String reason(Throwable fault) {
        return switch (fault) {
            case ConnectException refused -> "takes no connection on this port";
            case SSLException insecure -> "has no valid certificate: " + insecure.getMessage();
            case IOException broken when broken.getMessage() != null -> "broke off: " + broken.getMessage();
            default -> "broke off: " + fault;
        };
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(limit)
                    .build();
        }
        return client;
    }

    synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
