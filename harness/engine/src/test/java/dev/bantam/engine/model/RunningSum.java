package dev.bantam.engine.model;

import dev.bantam.engine.arch.Architecture;
import dev.bantam.engine.arch.Batch;
import dev.bantam.engine.kernel.Attention;
import dev.bantam.engine.kernel.KvCache;
import dev.bantam.engine.kernel.KvType;
import dev.bantam.engine.kernel.RecurrentState;
import dev.bantam.engine.kernel.SequenceCache;
import dev.bantam.engine.kernel.Workers;
import java.util.Arrays;

/**
 * The least that has both kinds of layers: logit 0 is a hash of all tokens that the recurrent state has seen, logit 1 their
 * mean by way of the attention cache, the rest tell the token and the position. A state that does not belong to the position
 * is an error at once.
 */
final class RunningSum implements Architecture {
    static final int VOCABULARY = 50;

    private static final int WIDTH = 32;
    private static final int MODULUS = 65_521; // hashes stay exact as floats

    private final KvType type;
    private final Attention attention = new Attention(new Workers(1), 1);
    private Runnable betweenLayers = () -> {};
    private int evaluated;

    RunningSum(KvType type) {
        this.type = type;
    }

    /** Runs {@code cancel} in the midst of the next batch. */
    void giveUpNext(Runnable cancel) {
        betweenLayers = cancel;
    }

    /** Tokens evaluated so far. */
    int evaluated() {
        return evaluated;
    }

    @Override
    public void forward(Batch batch, SequenceCache cache) throws InterruptedException {
        float[] state = cache.recurrent().memory(0);
        float[] keys = new float[batch.count() * WIDTH];
        float[] values = new float[batch.count() * WIDTH];
        float[] means = new float[batch.count() * WIDTH];
        float[] hashes = new float[batch.count()];
        if (state[1] != batch.position()) {
            throw new IllegalStateException(
                    "a state after %s tokens for the position %d".formatted(state[1], batch.position()));
        }
        for (int t = 0; t < batch.count(); t++) {
            int token = batch.tokens()[batch.from() + t];
            state[0] = ((long) state[0] * 31 + token + 1) % MODULUS;
            state[1]++;
            hashes[t] = state[0];
            Arrays.fill(values, t * WIDTH, (t + 1) * WIDTH, token);
        }
        Runnable now = betweenLayers;
        betweenLayers = () -> {};
        now.run();
        batch.check().run(); // when it throws here, the state belongs to no position
        cache.attention().store(0, batch.position(), batch.count(), keys, values);
        attention.attend(cache.attention(), 0, batch.position(), batch.count(), keys, means);
        evaluated += batch.count();
        for (int t = batch.firstRow(); t < batch.count(); t++) {
            int at = batch.logitsAt() + (t - batch.firstRow()) * VOCABULARY;
            batch.logits()[at] = hashes[t];
            batch.logits()[at + 1] = means[t * WIDTH];
            batch.logits()[at + 2] = batch.tokens()[batch.from() + t];
            Arrays.fill(batch.logits(), at + 3, at + VOCABULARY, batch.position() + t);
        }
    }

    @Override
    public int layers() {
        return 2;
    }

    @Override
    public int vocabularySize() {
        return VOCABULARY;
    }

    @Override
    public int contextTokens() {
        return 1 << 16;
    }

    @Override
    public long activeParameters() {
        return 0;
    }

    @Override
    public SequenceCache.Shape cacheShape() {
        return new SequenceCache.Shape(new KvCache.Shape(1, 1, WIDTH, type), new RecurrentState.Shape(1, 0, 2));
    }
}
