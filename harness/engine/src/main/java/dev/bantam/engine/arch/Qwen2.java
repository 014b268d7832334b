package dev.bantam.engine.arch;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.arch.SelfAttention.Part;
import dev.bantam.engine.arch.Transformer.Layer;
import dev.bantam.engine.kernel.Rope;

/**
 * Qwen2 and Qwen2.5, after <a href="https://arxiv.org/abs/2407.10671">Qwen2 Technical Report</a>. For each layer:
 *
 * <pre>
 * h  = rms(x, attn_norm)
 * q  = rope(W_q h + b_q)     k = rope(W_k h + b_k)     v = W_v h + b_v
 * x += W_o softmax(q Kᵀ / √D) V
 * h  = rms(x, ffn_norm)
 * x += W_down (silu(W_gate h) · W_up h)
 * </pre>
 */
final class Qwen2 {
    private Qwen2() {}

    static Transformer load(ModelSource model) throws ModelFileException {
        SelfAttention attention = new SelfAttention(model, Rope.Pairing.NEOX, Part.QKV_BIAS);
        SwiGlu feedForward = SwiGlu.dense(model);
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
