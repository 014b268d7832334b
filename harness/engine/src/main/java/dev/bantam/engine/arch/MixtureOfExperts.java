package dev.bantam.engine.arch;

import static dev.bantam.engine.kernel.Activations.addToRows;
import static dev.bantam.engine.kernel.Activations.sigmoid;
import static dev.bantam.engine.kernel.Activations.softmax;
import static dev.bantam.engine.kernel.Products.into;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.kernel.Dot;
import dev.bantam.engine.kernel.Experts;
import dev.bantam.engine.kernel.Matrix;
import dev.bantam.engine.kernel.Products;

/**
 * A mixture of experts, each a gated linear unit:
 *
 * <pre>
 * p  = softmax(W_router h)          S = the k largest of p           w_e = p_e / Σ_S p
 * x += Σ_{e in S} w_e · W_down,e (silu(W_gate,e h) · W_up,e h)
 * </pre>
 *
 * which is the same as a softmax over the k chosen alone. X = experts, k = those used, F = an expert's inner width.
 */
final class MixtureOfExperts {
    private final int width;
    private final int count;
    private final int innerWidth;
    private final Products products;
    private final Experts experts;
    private final float[] p; // (n, X) router probabilities

    private record Weights(
            Matrix router, // (X, E)
            Matrix[] gate, // X of (F, E)
            Matrix[] up, // X of (F, E)
            Matrix[] down // X of (E, F)
            ) {}

    /** Reads the sizes. */
    MixtureOfExperts(ModelSource model) throws ModelFileException {
        this(model, model.integer("expert_feed_forward_length", 1, ModelSource.MOST));
    }

    MixtureOfExperts(ModelSource model, int innerWidth) throws ModelFileException {
        this.innerWidth = innerWidth;
        width = model.width();
        count = model.integer("expert_count", 1, 1 << 12);
        int used = model.integer("expert_used_count", 1, count);
        model.require(
                (long) used * Math.max(width, innerWidth) <= ModelSource.MOST,
                "expert_used_count",
                used,
                "sizes that real models have");
        products = new Products(model.workers());
        experts = new Experts(model.workers(), count, used, model.batch(), innerWidth, width);
        p = model.buffer(count);
    }

    /** Reads one layer. */
    FeedForward layer(Tensors tensors) throws ModelFileException {
        Weights w = read(tensors);
        return (h, n, x) -> {
            route(w, new float[0], h, n);
            experts.apply(w.gate(), w.up(), w.down(), h, n, x);
        };
    }

    /**
     * Reads one layer that has one more expert, which every token uses, weighted by a gate of its own:
     * x += sigmoid(g · h) · W_down (silu(W_gate h) · W_up h).
     */
    FeedForward layerWithShared(Tensors tensors, SwiGlu shared) throws ModelFileException {
        FeedForward routed = layer(tensors);
        float[] gate = tensors.vector("ffn_gate_inp_shexp.weight", width);
        SwiGlu.Weights w = shared.read(tensors, "_shexp");
        return (h, n, x) -> {
            routed.feed(h, n, x);
            float[] y = shared.apply(w, h, n);
            for (int t = 0; t < n; t++) {
                float weight = sigmoid(Dot.of(gate, h, t * width, width));
                for (int i = t * width; i < (t + 1) * width; i++) {
                    x[i] = Math.fma(weight, y[i], x[i]);
                }
            }
        };
    }

    /** Reads one layer whose router and experts have biases, with another activation. */
    FeedForward layerWithBiases(Tensors tensors, Experts.Activation activation) throws ModelFileException {
        Weights w = read(tensors);
        float[] router = tensors.vector("ffn_gate_inp.bias", count);
        Experts.Biases biases = new Experts.Biases(
                tensors.table("ffn_gate_exps.bias", count, innerWidth),
                tensors.table("ffn_up_exps.bias", count, innerWidth),
                tensors.table("ffn_down_exps.bias", count, width));
        return (h, n, x) -> {
            route(w, router, h, n);
            experts.apply(w.gate(), w.up(), w.down(), biases, activation, h, n, x);
        };
    }

    private Weights read(Tensors w) throws ModelFileException {
        return new Weights(
                w.matrix("ffn_gate_inp.weight", count, width),
                w.stack("ffn_gate_exps.weight", count, innerWidth, width),
                w.stack("ffn_up_exps.weight", count, innerWidth, width),
                w.stack("ffn_down_exps.weight", count, width, innerWidth));
    }

    private void route(Weights w, float[] bias, float[] h, int n) {
        products.multiply(h, n, into(w.router(), p));
        addToRows(p, n, bias);
        for (int t = 0; t < n; t++) {
            softmax(p, t * count, count);
        }
        experts.route(p, n);
    }
}
