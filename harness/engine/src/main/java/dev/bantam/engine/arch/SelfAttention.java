package dev.bantam.engine.arch;

import static dev.bantam.engine.kernel.Activations.add;
import static dev.bantam.engine.kernel.Activations.addToRows;
import static dev.bantam.engine.kernel.Activations.multiplyBySigmoid;
import static dev.bantam.engine.kernel.Activations.rmsNorm;
import static dev.bantam.engine.kernel.Products.into;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.kernel.Attention;
import dev.bantam.engine.kernel.KvCache;
import dev.bantam.engine.kernel.Matrix;
import dev.bantam.engine.kernel.Products;
import dev.bantam.engine.kernel.Rope;
import dev.bantam.engine.kernel.SequenceCache;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Grouped-query attention with rotary positions:
 *
 * <pre>
 * q  = rope(W_q h)     k = rope(W_k h)     v = W_v h
 * x += W_o softmax(q Kᵀ / √D) V
 * </pre>
 *
 * and what an architecture has besides ({@link Part}). E = width, H = heads, K = key-value heads, D = head width.
 */
final class SelfAttention {
    private final ModelSource model;
    private final Set<Part> parts;
    private final int heads;
    private final int kvHeads;
    private final int headWidth;
    private final Rope rope;
    private final Products products;
    private final Attention attention;
    private int layers;

    private final float[] q; // (n, H, D)
    private final float[] k; // (n, K, D)
    private final float[] v; // (n, K, D)
    private final float[] qAndGate; // (n, H, 2, D) where there is a gate
    private final float[] gate; // (n, H, D) where there is one
    private final float[] mixed; // (n, H, D) attention's output
    private final float[] y; // (n, E)

    /** What some architectures add. */
    enum Part {
        /** Biases on q, k and v, before all else. */
        QKV_BIAS,
        /** A bias on the output. */
        OUTPUT_BIAS,
        /** q and k are normed over each head before they are rotated. */
        HEAD_NORM,
        /** Attention's output times sigmoid(gate). W_q gives both: of each head first q, then its gate. */
        GATE,
        /** A logit for every head that takes part in the softmax and has no value. */
        SINKS
    }

    private record Weights(
            Matrix q, // (H·D, E), or (H·2·D, E) with a gate
            Matrix k, // (K·D, E)
            Matrix v, // (K·D, E)
            Matrix output, // (E, H·D)
            float[] qBias, // (H·D); this and all below may be empty
            float[] kBias, // (K·D)
            float[] vBias, // (K·D)
            float[] outputBias, // (E)
            float[] qNorm, // (D), one for all heads
            float[] kNorm, // (D)
            float[] sinks // (H)
            ) {}

    /** Reads the sizes. */
    SelfAttention(ModelSource model, Rope.Pairing pairing, Part... parts) throws ModelFileException {
        this.model = model;
        this.parts = EnumSet.noneOf(Part.class);
        this.parts.addAll(List.of(parts));
        heads = model.integer("attention.head_count", 1, 1 << 10);
        kvHeads = model.integer("attention.head_count_kv", 1, heads, heads);
        model.require(heads % kvHeads == 0, "attention.head_count_kv", kvHeads, "a divisor of the " + heads + " heads");
        headWidth = model.integer("attention.key_length", 2, 1 << 10, Math.max(2, model.width() / heads));
        model.integer("attention.value_length", headWidth, headWidth, headWidth);
        model.require(headWidth % 2 == 0, "attention.key_length", headWidth, "an even number");
        int all = heads * headWidth;
        model.require(all <= ModelSource.MOST, "attention.head_count", heads, "sizes that real models have");
        rope = RopeKeys.read(model, pairing, headWidth);
        products = new Products(model.workers());
        attention = new Attention(model.workers(), heads);
        q = model.buffer(all);
        k = model.buffer(kvHeads * headWidth);
        v = model.buffer(kvHeads * headWidth);
        qAndGate = model.buffer(has(Part.GATE) ? 2 * all : 0);
        gate = model.buffer(has(Part.GATE) ? all : 0);
        mixed = model.buffer(all);
        y = model.buffer(model.width());
    }

    /** The cache of the layers that were read. */
    KvCache.Shape cacheShape() {
        return new KvCache.Shape(layers, kvHeads, headWidth);
    }

    /** Reads the next layer that attends, to all tokens before. */
    TokenMixer layer(Tensors tensors) throws ModelFileException {
        return layer(tensors, Integer.MAX_VALUE);
    }

    /** Reads the next layer that attends; {@code window} is how many tokens one sees, itself included. */
    TokenMixer layer(Tensors tensors, int window) throws ModelFileException {
        Weights w = read(tensors);
        int layer = layers++;
        return (h, position, n, cache, x) -> mix(w, layer, window, h, position, n, cache, x);
    }

    private Weights read(Tensors w) throws ModelFileException {
        int width = model.width();
        int all = heads * headWidth;
        int kv = kvHeads * headWidth;
        return new Weights(
                w.matrix("attn_q.weight", has(Part.GATE) ? 2 * all : all, width),
                w.matrix("attn_k.weight", kv, width),
                w.matrix("attn_v.weight", kv, width),
                w.matrix("attn_output.weight", width, all),
                vector(w, Part.QKV_BIAS, "attn_q.bias", all),
                vector(w, Part.QKV_BIAS, "attn_k.bias", kv),
                vector(w, Part.QKV_BIAS, "attn_v.bias", kv),
                vector(w, Part.OUTPUT_BIAS, "attn_output.bias", width),
                vector(w, Part.HEAD_NORM, "attn_q_norm.weight", headWidth),
                vector(w, Part.HEAD_NORM, "attn_k_norm.weight", headWidth),
                vector(w, Part.SINKS, "attn_sinks.weight", heads));
    }

    private void mix(Weights w, int layer, int window, float[] h, int position, int n, SequenceCache cache, float[] x) {
        products.multiply(h, n, into(w.q(), has(Part.GATE) ? qAndGate : q), into(w.k(), k), into(w.v(), v));
        if (has(Part.GATE)) {
            separateGate(n);
        }
        addToRows(q, n, w.qBias());
        addToRows(k, n, w.kBias());
        addToRows(v, n, w.vBias());
        if (has(Part.HEAD_NORM)) {
            rmsNorm(q, n * heads, w.qNorm(), model.eps(), q);
            rmsNorm(k, n * kvHeads, w.kNorm(), model.eps(), k);
        }
        rope.rotate(q, position, n, heads, headWidth);
        rope.rotate(k, position, n, kvHeads, headWidth);
        cache.attention().store(layer, position, n, k, v);
        attention.attend(cache.attention(), layer, position, n, window, w.sinks(), q, mixed);
        if (has(Part.GATE)) {
            multiplyBySigmoid(mixed, gate, n * heads * headWidth);
        }
        products.multiply(mixed, n, into(w.output(), y));
        addToRows(y, n, w.outputBias());
        add(x, y, n * model.width());
    }

    private void separateGate(int n) {
        for (int head = 0; head < n * heads; head++) {
            System.arraycopy(qAndGate, 2 * head * headWidth, q, head * headWidth, headWidth);
            System.arraycopy(qAndGate, (2 * head + 1) * headWidth, gate, head * headWidth, headWidth);
        }
    }

    private boolean has(Part part) {
        return parts.contains(part);
    }

    private float[] vector(Tensors w, Part part, String name, int length) throws ModelFileException {
        return has(part) ? w.vector(name, length) : new float[0];
    }
}
