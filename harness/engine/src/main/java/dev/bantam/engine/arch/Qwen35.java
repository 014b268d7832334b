package dev.bantam.engine.arch;

import static dev.bantam.engine.kernel.Products.into;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.arch.SelfAttention.Part;
import dev.bantam.engine.arch.Transformer.Layer;
import dev.bantam.engine.kernel.Matrix;
import dev.bantam.engine.kernel.Products;
import dev.bantam.engine.kernel.Rope;

/**
 * Qwen3.5, dense or with experts: of every four layers three are gated delta nets ({@link DeltaNet}) and the last attends,
 * with a gate on what it read. For each layer:
 *
 * <pre>
 * x += mix(rms(x, attn_norm))
 * x += feed(rms(x, post_attention_norm))                    (a norm before the feed-forward network, despite its name)
 *
 * (q, g) = W_q h     q = rope(rms(q, q_norm))     k = rope(rms(W_k h, k_norm))     v = W_v h          (attention)
 * mix(h) = W_o (sigmoid(g) · softmax(q Kᵀ / √D) V)
 * </pre>
 *
 * With experts, one more is used by every token: see {@link MixtureOfExperts#layerWithShared}.
 */
final class Qwen35 {
    private Qwen35() {}

    static Transformer load(ModelSource model) throws ModelFileException {
        return load(model, SwiGlu.dense(model)::layer);
    }

    static Transformer loadWithExperts(ModelSource model) throws ModelFileException {
        return load(model, expertsAndShared(model));
    }

    static FeedForward.Reader expertsAndShared(ModelSource model) throws ModelFileException {
        MixtureOfExperts experts = new MixtureOfExperts(model);
        SwiGlu shared = new SwiGlu(model, model.integer("expert_shared_feed_forward_length", 1, ModelSource.MOST));
        return w -> experts.layerWithShared(w, shared);
    }

    private static Transformer load(ModelSource model, FeedForward.Reader feedForward) throws ModelFileException {
        DeltaNet deltaNet = DeltaNet.tiled(model);
        Products products = new Products(model.workers());
        return load(model, deltaNet, w -> deltaNet.layer(w, projection(w, model, deltaNet, products)), feedForward);
    }

    /** The stack of both kinds of layers. */
    static Transformer load(
            ModelSource model, DeltaNet deltaNet, TokenMixer.Reader recurrent, FeedForward.Reader feedForward)
            throws ModelFileException {
        SelfAttention attention = new SelfAttention(model, Rope.Pairing.NEOX, Part.HEAD_NORM, Part.GATE);
        int interval = model.integer("full_attention_interval", 1, 1 << 10, 4);
        Layer[] layers = Transformer.layers(
                model,
                (w, l) -> new Layer(
                        w.vector("attn_norm.weight", model.width()),
                        (l + 1) % interval == 0 ? attention.layer(w) : recurrent.layer(w),
                        w.vector("post_attention_norm.weight", model.width()),
                        feedForward.layer(w)));
        return new Transformer(model, layers, attention.cacheShape(), deltaNet.stateShape());
    }

    private static DeltaNet.Projection projection(Tensors w, ModelSource model, DeltaNet net, Products products)
            throws ModelFileException {
        Matrix qkv = w.matrix("attn_qkv.weight", net.channels(), model.width());
        Matrix gate = w.matrix("attn_gate.weight", net.heads() * net.headWidth(), model.width());
        Matrix wAlpha = w.matrix("ssm_alpha.weight", net.heads(), model.width());
        Matrix wBeta = w.matrix("ssm_beta.weight", net.heads(), model.width());
        return (h, n, u, z, alpha, beta) ->
                products.multiply(h, n, into(qkv, u), into(gate, z), into(wAlpha, alpha), into(wBeta, beta));
    }
}
