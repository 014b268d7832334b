package dev.bantam.model.server;

import dev.bantam.api.ModelException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One request and its stream. The network's threads only put what arrives into a queue; the thread that asked takes it
 * out, calls the sink, and uses the silence between arrivals to look after the server: a local one is probed every few
 * seconds and may be silent for ever while it lives, a cloud one has a limit. Interrupting that thread closes the
 * connection at once, so the server stops too.
 */
final class Exchange {
    /** What the asking thread hears of. */
    private sealed interface Arrival {
        record Head(int status, Map<String, String> headers) implements Arrival {}

        record Bytes(List<ByteBuffer> buffers) implements Arrival {}

        record End() implements Arrival {}

        record Failed(Throwable cause) implements Arrival {}

        record Probed(Liveness.Sign sign) implements Arrival {}
    }

    private static final int DEAD_AFTER_PROBES = 2;

    private final HttpClient http;
    private final Server server;
    private final Call call;
    private final FrameSink sink;
    private final Failures failures;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

    private volatile Body body;
    private Arrival.Head head;
    private Frames frames;
    private final StringBuilder refusal = new StringBuilder();
    private long heardAt;
    private long probedAt;
    private boolean probing;
    private int probesWithoutSign;
    private boolean everAlive;
    private boolean loading;

    Exchange(HttpClient http, Server server, Call call, FrameSink sink, Failures failures) {
        this.http = http;
        this.server = server;
        this.call = call;
        this.sink = sink;
        this.failures = failures;
    }

    /** Runs it to its end; false when the server is healthy but still loads its model, and wants to be asked later. */
    boolean run() throws ModelException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(call.url()))
                .POST(HttpRequest.BodyPublishers.ofString(call.body(), StandardCharsets.UTF_8));
        call.headers().forEach(request::header);
        heardAt = probedAt = System.nanoTime();
        CompletableFuture<?> response = http.sendAsync(request.build(), this::bodyOf);
        response.whenComplete((done, failure) -> {
            if (failure != null) {
                arrivals.add(new Arrival.Failed(failure));
            }
        });
        try {
            boolean more = true;
            while (more) {
                Arrival arrival = arrivals.poll(untilNextDuty().toNanos(), TimeUnit.NANOSECONDS);
                more = arrival == null ? goOnInSilence() : take(arrival);
            }
            return !loading;
        } finally {
            response.cancel(true);
            Body body = this.body;
            if (body != null) {
                body.cancel();
            }
        }
    }

    /** Handles an arrival and says whether more is to come. */
    private boolean take(Arrival arrival) throws ModelException, InterruptedException {
        if (!(arrival instanceof Arrival.Probed)) {
            heardAt = probedAt = System.nanoTime();
            probesWithoutSign = 0;
        }
        return switch (arrival) {
            case Arrival.Head opened -> {
                head = opened;
                frames = new Frames(opened.headers().getOrDefault("content-type", ""), call.jsonLines());
                yield true;
            }
            case Arrival.Bytes bytes -> {
                for (ByteBuffer buffer : bytes.buffers()) {
                    pass(buffer);
                }
                yield true;
            }
            case Arrival.End end -> {
                finish();
                yield false;
            }
            case Arrival.Failed failed -> {
                fail(failed.cause());
                yield false;
            }
            case Arrival.Probed probed -> {
                judge(probed.sign());
                yield true;
            }
        };
    }

    private void pass(ByteBuffer buffer) throws ModelException, InterruptedException {
        if (head.status() / 100 != 2) {
            refusal.append(StandardCharsets.UTF_8.decode(buffer));
            return;
        }
        for (Frame frame : frames.accept(buffer)) {
            sink.frame(frame);
        }
    }

    private void finish() throws ModelException, InterruptedException {
        if (head.status() / 100 != 2) {
            Answer answer = new Answer(head.status(), head.headers(), refusal.toString());
            if (!failures.isLoading(answer)) {
                throw failures.refused(answer);
            }
            loading = true;
            return;
        }
        for (Frame frame : frames.end()) {
            sink.frame(frame);
        }
    }

    private void fail(Throwable failure) throws ModelException {
        if (sink.complete()) {
            return;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            throw failures.unreachable(cause);
        }
        if (head != null && head.status() / 100 != 2) {
            throw failures.refused(new Answer(head.status(), head.headers(), refusal.toString()));
        }
        if (server.patient() && Liveness.of(server) == Liveness.Sign.DEAD) {
            throw failures.died();
        }
        String how = cause instanceof IOException && cause.getMessage() != null
                ? cause.getMessage()
                : cause.getClass().getSimpleName();
        throw failures.broken("the connection was lost (" + how + ")", cause);
    }

    private Duration untilNextDuty() {
        Duration interval = sink.complete()
                ? server.timing().closing()
                : server.patient()
                        ? server.timing().probeEvery()
                        : server.timing().cloudSilence();
        long since = System.nanoTime() - (server.patient() && !sink.complete() ? probedAt : heardAt);
        Duration left = interval.minusNanos(since);
        return left.isPositive() ? left : Duration.ofMillis(1);
    }

    private boolean goOnInSilence() throws ModelException {
        long now = System.nanoTime();
        if (sink.complete()) {
            return now - heardAt < server.timing().closing().toNanos();
        }
        if (!server.patient()) {
            if (now - heardAt >= server.timing().cloudSilence().toNanos()) {
                throw failures.broken(
                        "nothing came for " + server.timing().cloudSilence().toSeconds() + " seconds");
            }
        } else if (now - probedAt >= server.timing().probeEvery().toNanos()) {
            probe();
        }
        return true;
    }

    private void probe() {
        probedAt = System.nanoTime();
        if (!probing) {
            probing = true;
            Thread.ofVirtual().start(() -> arrivals.add(new Arrival.Probed(Liveness.of(server))));
        }
    }

    /**
     * A refused probe is certain. Probes without any answer count only against another machine that answered before:
     * a machine that vanished looks so, but so does a busy server whose queue of connections is full.
     */
    private void judge(Liveness.Sign sign) throws ModelException {
        probing = false;
        everAlive |= sign == Liveness.Sign.ALIVE;
        probesWithoutSign = sign == Liveness.Sign.NONE ? probesWithoutSign + 1 : 0;
        boolean vanished = !server.loopback() && everAlive && probesWithoutSign >= DEAD_AFTER_PROBES;
        if (sign == Liveness.Sign.DEAD || vanished) {
            throw failures.died();
        }
    }

    private HttpResponse.BodySubscriber<Void> bodyOf(HttpResponse.ResponseInfo info) {
        arrivals.add(
                new Arrival.Head(info.statusCode(), Answer.flat(info.headers().map())));
        body = new Body();
        return body;
    }

    /** Puts a response's body into the queue as it comes. */
    private final class Body implements HttpResponse.BodySubscriber<Void> {
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private volatile Flow.Subscription subscription;

        @Override
        public CompletionStage<Void> getBody() {
            return done;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            arrivals.add(new Arrival.Bytes(buffers));
        }

        @Override
        public void onError(Throwable failure) {
            arrivals.add(new Arrival.Failed(failure));
            done.complete(null);
        }

        @Override
        public void onComplete() {
            arrivals.add(new Arrival.End());
            done.complete(null);
        }

        void cancel() {
            Flow.Subscription given = subscription;
            if (given != null) {
                given.cancel();
            }
        }
    }
}
