package dev.bantam.engine.arch;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.arch.Architecture.Windows;
import dev.bantam.engine.arch.SelfAttention.Part;
import dev.bantam.engine.arch.Transformer.Layer;
import dev.bantam.engine.kernel.Activations;
import dev.bantam.engine.kernel.Rope;

/**
 * gpt-oss, after <a href="https://arxiv.org/abs/2508.10925">its model card</a>. For each layer:
 *
 * <pre>
 * h  = rms(x, attn_norm)
 * q  = rope(W_q h + b_q)     k = rope(W_k h + b_k)     v = W_v h + b_v
 * x += W_o softmax(q Kᵀ / √D, sinks) V + b_o           (the first layer and every other one see a window only)
 * h  = rms(x, post_attention_norm)
 * p  = softmax(W_router h + b_router)     S = the k largest of p     w_e = p_e / Σ_S p
 * x += Σ_{e in S} w_e · (W_down,e a(W_gate,e h + b_gate,e, W_up,e h + b_up,e) + b_down,e)
 * </pre>
 *
 * with a(g, u) = g' sigmoid(1.702 g') (u' + 1), where g' = min(g, 7) and u' is u clamped to -7 .. 7.
 */
final class GptOss {
    private GptOss() {}

    static Transformer load(ModelSource model) throws ModelFileException {
        SelfAttention attention =
                new SelfAttention(model, Rope.Pairing.NEOX, Part.QKV_BIAS, Part.OUTPUT_BIAS, Part.SINKS);
        MixtureOfExperts experts = new MixtureOfExperts(model);
        int window = model.integer("attention.sliding_window", 1, 1 << 24);
        Layer[] layers = Transformer.layers(
                model,
                (w, l) -> new Layer(
                        w.vector("attn_norm.weight", model.width()),
                        attention.layer(w, l % 2 == 0 ? window : Integer.MAX_VALUE),
                        w.vector("post_attention_norm.weight", model.width()),
                        experts.layerWithBiases(w, GptOss::activation)));
        return new Transformer(
                model, layers, attention.cacheShape(), new Windows(Math.ceilDiv(layers.length, 2), window));
    }

    private static float activation(float gate, float up) {
        float g = Math.min(gate, 7);
        float u = Math.clamp(up, -7, 7);
        return g * Activations.sigmoid(1.702f * g) * (u + 1);
    }
}
