package dev.bantam.engine.arch;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.arch.Transformer.Layer;
import dev.bantam.engine.kernel.Rope;

/**
 * Llama, after <a href="https://arxiv.org/abs/2407.21783">The Llama 3 Herd of Models</a>. For each layer:
 *
 * <pre>
 * h  = rms(x, attn_norm)
 * q  = rope(W_q h)     k = rope(W_k h)     v = W_v h           (neighbouring elements turn together)
 * x += W_o softmax(q Kᵀ / √D) V
 * h  = rms(x, ffn_norm)
 * x += W_down (silu(W_gate h) · W_up h)
 * </pre>
 *
 * or in the last line, with experts, the mixture of <a href="https://arxiv.org/abs/2401.04088">Mixtral of Experts</a>.
 */
final class Llama {
    private Llama() {}

    static Transformer load(ModelSource model) throws ModelFileException {
        SelfAttention attention = new SelfAttention(model, Rope.Pairing.NORM);
        FeedForward.Reader feedForward = feedForward(model);
        Layer[] layers = Transformer.layers(
                model,
                (w, l) -> new Layer(
                        w.vector("attn_norm.weight", model.width()),
                        attention.layer(w),
                        w.vector("ffn_norm.weight", model.width()),
                        feedForward.layer(w)));
        return new Transformer(model, layers, attention.cacheShape());
    }

    private static FeedForward.Reader feedForward(ModelSource model) throws ModelFileException {
        if (model.integer("expert_count", 0, 1 << 12, 0) == 0) {
            return SwiGlu.dense(model)::layer;
        }
        return new MixtureOfExperts(model, model.integer("feed_forward_length", 1, ModelSource.MOST))::layer;
    }
}
