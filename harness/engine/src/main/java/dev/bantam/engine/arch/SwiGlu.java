package dev.bantam.engine.arch;

import static dev.bantam.engine.kernel.Activations.add;
import static dev.bantam.engine.kernel.Products.into;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.kernel.Activations;
import dev.bantam.engine.kernel.Matrix;
import dev.bantam.engine.kernel.Products;

/**
 * The dense feed-forward network: y = W_down (silu(W_gate h) · W_up h), after Shazeer,
 * <a href="https://arxiv.org/abs/2002.05202">GLU Variants Improve Transformer</a>. F = its inner width.
 */
final class SwiGlu {
    private final int width;
    private final int innerWidth;
    private final Products products;
    private final float[] gate; // (n, F)
    private final float[] up; // (n, F)
    private final float[] y; // (n, E)

    record Weights(
            Matrix gate, // (F, E)
            Matrix up, // (F, E)
            Matrix down // (E, F)
            ) {}

    SwiGlu(ModelSource model, int innerWidth) {
        width = model.width();
        this.innerWidth = innerWidth;
        products = new Products(model.workers());
        gate = model.buffer(innerWidth);
        up = model.buffer(innerWidth);
        y = model.buffer(width);
    }

    /** Reads the sizes of a network that is each layer's only one. */
    static SwiGlu dense(ModelSource model) throws ModelFileException {
        return new SwiGlu(model, model.integer("feed_forward_length", 1, ModelSource.MOST));
    }

    /** Reads one layer. */
    FeedForward layer(Tensors tensors) throws ModelFileException {
        Weights w = read(tensors, "");
        return (h, n, x) -> add(x, apply(w, h, n), n * width);
    }

    /** Reads the weights whose names end with {@code suffix}. */
    Weights read(Tensors w, String suffix) throws ModelFileException {
        return new Weights(
                w.matrix("ffn_gate" + suffix + ".weight", innerWidth, width),
                w.matrix("ffn_up" + suffix + ".weight", innerWidth, width),
                w.matrix("ffn_down" + suffix + ".weight", width, innerWidth));
    }

    /** Gives y (n, E), which holds until the next call. */
    float[] apply(Weights w, float[] h, int n) {
        products.multiply(h, n, into(w.gate(), gate), into(w.up(), up));
        Activations.multiplyBySilu(up, gate, n * innerWidth);
        products.multiply(up, n, into(w.down(), y));
        return y;
    }
}
