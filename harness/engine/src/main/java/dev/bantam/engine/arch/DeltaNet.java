package dev.bantam.engine.arch;

import static dev.bantam.engine.kernel.Activations.add;
import static dev.bantam.engine.kernel.Activations.l2Norm;
import static dev.bantam.engine.kernel.Activations.multiplyBySilu;
import static dev.bantam.engine.kernel.Activations.rmsNorm;
import static dev.bantam.engine.kernel.Activations.sigmoid;
import static dev.bantam.engine.kernel.Activations.silu;
import static dev.bantam.engine.kernel.Activations.softplus;
import static dev.bantam.engine.kernel.Products.into;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.kernel.CausalConvolution;
import dev.bantam.engine.kernel.DeltaRule;
import dev.bantam.engine.kernel.Matrix;
import dev.bantam.engine.kernel.Products;
import dev.bantam.engine.kernel.RecurrentState;
import java.util.Arrays;

/**
 * The gated delta net, a recurrence in the place of attention, after Yang, Kautz, Hatamizadeh,
 * <a href="https://arxiv.org/abs/2412.06464">Gated Delta Networks</a>:
 *
 * <pre>
 * u  = W_qkv h       z = W_z h       β = sigmoid(W_β h)       α = exp(a · softplus(W_α h + dt))
 * (q, k, v) = silu(conv(u))          q = q / (|q| √S)         k = k / |k|              (norms over each head)
 * M  = α M           M += β (v - M k) kᵀ                      o = M q                  (for each head of v)
 * x += W_o (rms(o, norm) · silu(z))
 * </pre>
 *
 * S = head width, G = heads of q and k, V = heads of v, C = (2 G + V) S channels.
 */
final class DeltaNet {
    private final ModelSource model;
    private final int headWidth;
    private final int keyHeads;
    private final int heads;
    private final int channels;
    private final int taps;
    private final Products products;
    private final CausalConvolution convolution;
    private final DeltaRule rule;
    private int layers;

    private final float[] u; // (n, C) = (n, q | k | v)
    private final float[] qkv; // (n, C)
    private final float[] z; // (n, V, S)
    private final float[] alpha; // (n, V)
    private final float[] beta; // (n, V)
    private final float[] o; // (n, V, S)
    private final float[] y; // (n, E)

    /** Writes u, z, and what alpha and beta are made of. */
    interface Projection {
        void apply(float[] h, int n, float[] u, float[] z, float[] alpha, float[] beta);
    }

    private record Weights(
            Projection in,
            float[] taps, // (taps, C)
            float[] dt, // (V)
            float[] a, // (V), below zero
            float[] norm, // (S), one for all heads
            Matrix output // (E, V·S)
            ) {}

    private DeltaNet(ModelSource model, boolean tiled) throws ModelFileException {
        this.model = model;
        headWidth = model.integer("ssm.state_size", 1, 1 << 9);
        keyHeads = model.integer("ssm.group_count", 1, 1 << 10);
        heads = model.integer("ssm.time_step_rank", 1, 1 << 10);
        model.require(heads % keyHeads == 0, "ssm.time_step_rank", heads, "a multiple of ssm.group_count " + keyHeads);
        model.integer("ssm.inner_size", headWidth * heads, headWidth * heads);
        taps = model.integer("ssm.conv_kernel", 2, 1 << 6);
        channels = (2 * keyHeads + heads) * headWidth;
        model.require(channels <= ModelSource.MOST, "ssm.state_size", headWidth, "sizes that real models have");
        products = new Products(model.workers());
        convolution = new CausalConvolution(model.workers(), taps, channels);
        int[] keyHeadOf = new int[heads];
        Arrays.setAll(keyHeadOf, head -> tiled ? head % keyHeads : head / (heads / keyHeads));
        rule = new DeltaRule(model.workers(), keyHeads, keyHeadOf, headWidth);
        u = model.buffer(channels);
        qkv = model.buffer(channels);
        z = model.buffer(heads * headWidth);
        alpha = model.buffer(heads);
        beta = model.buffer(heads);
        o = model.buffer(heads * headWidth);
        y = model.buffer(model.width());
    }

    /** Heads of v take those of q and k in turn: 0, 1, …, 0, 1, …. */
    static DeltaNet tiled(ModelSource model) throws ModelFileException {
        return new DeltaNet(model, true);
    }

    /** Neighbouring heads of v share a head of q and k: 0, 0, …, 1, 1, …. */
    static DeltaNet grouped(ModelSource model) throws ModelFileException {
        return new DeltaNet(model, false);
    }

    int headWidth() {
        return headWidth;
    }

    /** Of q and k. */
    int keyHeads() {
        return keyHeads;
    }

    /** Of v. */
    int heads() {
        return heads;
    }

    int channels() {
        return channels;
    }

    /** The state of the layers that were read. */
    RecurrentState.Shape stateShape() {
        return new RecurrentState.Shape(layers, (taps - 1) * channels, rule.memory());
    }

    /** Reads the next layer that is a delta net. */
    TokenMixer layer(Tensors tensors, Projection in) throws ModelFileException {
        Weights w = read(tensors, in);
        int layer = layers++;
        return (h, position, n, cache, x) ->
                mix(w, cache.recurrent().inputs(layer), cache.recurrent().memory(layer), h, n, x);
    }

    private Weights read(Tensors w, Projection in) throws ModelFileException {
        return new Weights(
                in,
                transposed(w.table("ssm_conv1d.weight", channels, taps)),
                w.vector("ssm_dt.bias", heads),
                w.vector("ssm_a", heads),
                w.vector("ssm_norm.weight", headWidth),
                w.matrix("ssm_out.weight", model.width(), heads * headWidth));
    }

    private void mix(Weights w, float[] inputs, float[] memory, float[] h, int n, float[] x) {
        w.in().apply(h, n, u, z, alpha, beta);
        for (int i = 0; i < n * heads; i++) {
            beta[i] = sigmoid(beta[i]);
            alpha[i] = (float) Math.exp(w.a()[i % heads] * softplus(alpha[i] + w.dt()[i % heads]));
        }
        convolution.apply(w.taps(), inputs, u, n, qkv);
        silu(qkv, 0, n * channels);
        normQueriesAndKeys(n);
        rule.apply(memory, qkv, n, alpha, beta, o);
        rmsNorm(o, n * heads, w.norm(), model.eps(), o);
        multiplyBySilu(o, z, n * heads * headWidth);
        products.multiply(o, n, into(w.output(), y));
        add(x, y, n * model.width());
    }

    private void normQueriesAndKeys(int n) {
        for (int t = 0; t < n; t++) {
            for (int head = 0; head < 2 * keyHeads; head++) {
                double scale = head < keyHeads ? 1 / Math.sqrt(headWidth) : 1;
                l2Norm(qkv, t * channels + head * headWidth, headWidth, model.eps(), scale);
            }
        }
    }

    /** From (channels, taps), as files have it, to (taps, channels). */
    private float[] transposed(float[] byChannel) {
        float[] byTap = new float[byChannel.length];
        for (int i = 0; i < byTap.length; i++) {
            byTap[i] = byChannel[i % channels * taps + i / channels];
        }
        return byTap;
    }
}
