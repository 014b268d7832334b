package dev.bantam.ext.web;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** The first bytes of a body. What lies behind the limit is not waited for. */
final class LimitedBody implements HttpResponse.BodySubscriber<LimitedBody.Bytes> {
    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<Bytes> result = new CompletableFuture<>();
    private Flow.Subscription subscription;

    /** @param cut whether there was more */
    record Bytes(byte[] bytes, boolean cut) {}

    LimitedBody(int limit) {
        this.limit = limit;
    }

    @Override
    public CompletionStage<Bytes> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription started) {
        subscription = started;
        if (limit == 0) {
            end(true);
        } else {
            started.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] piece = new byte[Math.min(buffer.remaining(), limit - bytes.size())];
            buffer.get(piece);
            bytes.writeBytes(piece);
            if (buffer.hasRemaining()) {
                end(true);
                return;
            }
        }
    }

    private void end(boolean cut) {
        subscription.cancel();
        result.complete(new Bytes(bytes.toByteArray(), cut));
    }

    @Override
    public void onError(Throwable fault) {
        result.completeExceptionally(fault);
    }

    @Override
    public void onComplete() {
        result.complete(new Bytes(bytes.toByteArray(), false));
    }
}
