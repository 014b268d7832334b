package dev.bantam.engine.arch;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.arch.SelfAttention.Part;
import dev.bantam.engine.arch.Transformer.Layer;
import dev.bantam.engine.kernel.Rope;

/**
 * Qwen3, dense or with a mixture of experts, after <a href="https://arxiv.org/abs/2505.09388">Qwen3 Technical Report</a>.
 * For each layer:
 *
 * <pre>
 * h  = rms(x, attn_norm)
 * q  = rope(rms(W_q h, q_norm))     k = rope(rms(W_k h, k_norm))     v = W_v h        (norms over each head)
 * x += W_o softmax(q Kᵀ / √D) V
 * h  = rms(x, ffn_norm)
 * x += W_down (silu(W_gate h) · W_up h)
 *
 * p  = softmax(W_router h)          S = the k largest of p           w_e = p_e / Σ_S p        (or, with experts)
 * x += Σ_{e in S} w_e · W_down,e (silu(W_gate,e h) · W_up,e h)
 * </pre>
 */
final class Qwen3 {
    private Qwen3() {}

    static Transformer load(ModelSource model) throws ModelFileException {
        return load(model, SwiGlu.dense(model)::layer);
    }

    static Transformer loadWithExperts(ModelSource model) throws ModelFileException {
        return load(model, new MixtureOfExperts(model)::layer);
    }

    private static Transformer load(ModelSource model, FeedForward.Reader feedForward) throws ModelFileException {
        SelfAttention attention = new SelfAttention(model, Rope.Pairing.NEOX, Part.HEAD_NORM);
        Layer[] layers = Transformer.layers(
                model,
                (w, l) -> new Layer(
                        w.vector("attn_norm.weight", model.width()),
                        attention.layer(w),
                        w.vector("ffn_norm.weight", model.width()),
                        feedForward.layer(w)));
        return new Transformer(model, layers, attention.cacheShape());
    }
}
