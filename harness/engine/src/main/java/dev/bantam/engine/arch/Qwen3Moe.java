package dev.bantam.engine.arch;

import static dev.bantam.engine.kernel.Activations.add;
import static dev.bantam.engine.kernel.Activations.rmsNorm;
import static dev.bantam.engine.kernel.Activations.softmax;
import static dev.bantam.engine.kernel.Products.into;

import dev.bantam.engine.kernel.Attention;
import dev.bantam.engine.kernel.Experts;
import dev.bantam.engine.kernel.KvCache;
import dev.bantam.engine.kernel.Products;
import dev.bantam.engine.kernel.RecurrentState;
import dev.bantam.engine.kernel.Rope;
import dev.bantam.engine.kernel.SequenceCache;
import dev.bantam.engine.kernel.Workers;

/**
 * Qwen3 with a mixture of experts, after <a href="https://arxiv.org/abs/2505.09388">Qwen3 Technical Report</a>. For each
 * layer:
 *
 * <pre>
 * h  = rms(x, attention_norm)
 * q  = rope(rms(W_q h, q_norm))     k = rope(rms(W_k h, k_norm))     v = W_v h        (norms over each head)
 * x += W_o softmax(q Kᵀ / √D) V
 * h  = rms(x, ffn_norm)
 * p  = softmax(W_router h)          S = the k largest of p           w_e = p_e / Σ_S p
 * x += Σ_{e in S} w_e · W_down,e (silu(W_gate,e h) · W_up,e h)
 * </pre>
 *
 * and at the end logits = W_output rms(x, output_norm). Letters for sizes: {@link Qwen3MoeWeights.Sizes}; n is the
 * number of tokens in the batch.
 */
final class Qwen3Moe implements Architecture {
    private final Qwen3MoeWeights weights;
    private final Qwen3MoeWeights.Sizes size;
    private final Products products;
    private final Attention attention;
    private final Experts experts;
    private final Rope rope;

    private final float[] x; // (n, E) the residual stream
    private final float[] h; // (n, E) what a block reads
    private final float[] q; // (n, H, D)
    private final float[] k; // (n, K, D)
    private final float[] v; // (n, K, D)
    private final float[] mixed; // (n, H, D) attention's output
    private final float[] y; // (n, E) what a block adds
    private final float[] p; // (n, X) router probabilities

    Qwen3Moe(Qwen3MoeWeights weights, Workers workers, int batch) {
        this.weights = weights;
        size = weights.sizes();
        products = new Products(workers);
        attention = new Attention(workers, size.heads());
        experts = new Experts(workers, size.experts(), size.expertsUsed(), batch, size.expertWidth(), size.width());
        rope = new Rope(size.headWidth(), size.ropeBase(), batch);
        x = new float[batch * size.width()];
        h = new float[batch * size.width()];
        q = new float[batch * size.heads() * size.headWidth()];
        k = new float[batch * size.kvHeads() * size.headWidth()];
        v = new float[batch * size.kvHeads() * size.headWidth()];
        mixed = new float[q.length];
        y = new float[batch * size.width()];
        p = new float[batch * size.experts()];
    }

    @Override
    public void forward(Batch batch, SequenceCache cache) throws InterruptedException {
        int n = batch.count();
        for (int t = 0; t < n; t++) {
            weights.embedding().row(batch.tokens()[batch.from() + t], x, t * size.width());
        }
        rope.positions(batch.position(), n);
        for (int l = 0; l < size.layers(); l++) {
            batch.check().run();
            attend(l, batch.position(), n, cache.attention());
            feedForward(weights.layers()[l], n);
        }
        logits(batch);
    }

    private void attend(int l, int position, int n, KvCache cache) {
        Qwen3MoeWeights.Layer w = weights.layers()[l];
        rmsNorm(x, n, w.attentionNorm(), size.eps(), h);
        products.multiply(h, n, into(w.q(), q), into(w.k(), k), into(w.v(), v));
        rmsNorm(q, n * size.heads(), w.qNorm(), size.eps(), q);
        rmsNorm(k, n * size.kvHeads(), w.kNorm(), size.eps(), k);
        rope.rotate(q, n, size.heads(), size.headWidth());
        rope.rotate(k, n, size.kvHeads(), size.headWidth());
        cache.store(l, position, n, k, v);
        attention.attend(cache, l, position, n, q, mixed);
        products.multiply(mixed, n, into(w.attentionOutput(), y));
        add(x, y, n * size.width());
    }

    private void feedForward(Qwen3MoeWeights.Layer w, int n) {
        rmsNorm(x, n, w.ffnNorm(), size.eps(), h);
        products.multiply(h, n, into(w.router(), p));
        for (int t = 0; t < n; t++) {
            softmax(p, t * size.experts(), size.experts());
        }
        experts.route(p, n);
        experts.apply(w.gate(), w.up(), w.down(), h, n, x);
    }

    private void logits(Batch batch) {
        int rows = batch.count() - batch.firstRow();
        if (rows == 0) {
            return;
        }
        System.arraycopy(x, batch.firstRow() * size.width(), h, 0, rows * size.width());
        rmsNorm(h, rows, weights.outputNorm(), size.eps(), h);
        float[] out = batch.logitsAt() == 0 ? batch.logits() : new float[rows * size.vocabulary()];
        products.multiply(h, rows, into(weights.output(), out));
        if (out != batch.logits()) {
            System.arraycopy(out, 0, batch.logits(), batch.logitsAt(), out.length);
        }
    }

    @Override
    public int layers() {
        return size.layers();
    }

    @Override
    public int vocabularySize() {
        return size.vocabulary();
    }

    @Override
    public int contextTokens() {
        return size.contextTokens();
    }

    @Override
    public long activeParameters() {
        return weights.activeParameters();
    }

    @Override
    public SequenceCache.Shape cacheShape() {
        return new SequenceCache.Shape(
                new KvCache.Shape(size.layers(), size.kvHeads(), size.headWidth()), RecurrentState.Shape.NONE);
    }
}
