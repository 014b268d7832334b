package dev.bantam.engine.arch;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.gguf.GgufFile;
import dev.bantam.engine.gguf.Metadata;
import dev.bantam.engine.gguf.TensorInfo;
import dev.bantam.engine.kernel.Matrix;

/** Sizes and weights of a {@code qwen3moe} file. Matrices are (out, in). */
record Qwen3MoeWeights(
        Sizes sizes,
        Matrix embedding, // (vocabulary, width)
        Layer[] layers,
        float[] outputNorm, // (width)
        Matrix output, // (vocabulary, width); the embedding itself when tied
        long activeParameters) {
    /** The most values of one token in one step, far above real models, so that damaged sizes cannot take all memory. */
    private static final int MOST = 1 << 17;

    /** E = width, H = heads, K = kvHeads, D = headWidth, X = experts, k = expertsUsed, F = expertWidth. */
    record Sizes(
            int layers,
            int contextTokens,
            int vocabulary,
            int width,
            int heads,
            int kvHeads,
            int headWidth,
            int experts,
            int expertsUsed,
            int expertWidth,
            float eps,
            float ropeBase) {}

    record Layer(
            float[] attentionNorm, // (E)
            Matrix q, // (H·D, E)
            Matrix k, // (K·D, E)
            Matrix v, // (K·D, E)
            float[] qNorm, // (D), one for all heads
            float[] kNorm, // (D)
            Matrix attentionOutput, // (E, H·D)
            float[] ffnNorm, // (E)
            Matrix router, // (X, E)
            Matrix[] gate, // X of (F, E)
            Matrix[] up, // X of (F, E)
            Matrix[] down // X of (E, F)
            ) {}

    static Qwen3MoeWeights load(GgufFile file) throws ModelFileException {
        Sizes s = sizes(file.metadata());
        Matrix embedding = file.matrix("token_embd.weight", s.vocabulary, s.width);
        Matrix output =
                file.hasTensor("output.weight") ? file.matrix("output.weight", s.vocabulary, s.width) : embedding;
        Layer[] layers = new Layer[s.layers];
        for (int l = 0; l < s.layers; l++) {
            layers[l] = layer(file, s, "blk." + l + ".");
        }
        float[] outputNorm = file.vector("output_norm.weight", s.width);
        return new Qwen3MoeWeights(s, embedding, layers, outputNorm, output, active(file, s));
    }

    private static Sizes sizes(Metadata metadata) throws ModelFileException {
        String prefix = "qwen3moe.";
        int width = metadata.integer(prefix + "embedding_length", 1, 1 << 16);
        int heads = metadata.integer(prefix + "attention.head_count", 1, 1 << 10);
        int kvHeads = metadata.integer(prefix + "attention.head_count_kv", 1, heads, heads);
        if (heads % kvHeads != 0) {
            throw metadata.wrong(prefix + "attention.head_count_kv", kvHeads, "a divisor of the " + heads + " heads");
        }
        int headWidth = metadata.integer(prefix + "attention.key_length", 2, 1 << 10, Math.max(2, width / heads));
        metadata.integer(prefix + "attention.value_length", headWidth, headWidth, headWidth);
        metadata.integer(prefix + "rope.dimension_count", headWidth, headWidth, headWidth);
        if (headWidth % 2 != 0) {
            throw metadata.wrong(prefix + "attention.key_length", headWidth, "an even number");
        }
        String scaling = metadata.optionalString(prefix + "rope.scaling.type").orElse("none");
        if (!scaling.equals("none")) {
            throw metadata.wrong(prefix + "rope.scaling.type", scaling, "none; scaled contexts are not supported yet");
        }
        int experts = metadata.integer(prefix + "expert_count", 1, 1 << 12);
        int expertsUsed = metadata.integer(prefix + "expert_used_count", 1, experts);
        int expertWidth = metadata.integer(prefix + "expert_feed_forward_length", 1, MOST / expertsUsed);
        if (heads * headWidth > MOST || expertsUsed * width > MOST) {
            throw metadata.wrong(prefix + "embedding_length", width, "sizes that real models have");
        }
        return new Sizes(
                metadata.integer(prefix + "block_count", 1, 1 << 10),
                metadata.integer(prefix + "context_length", 1, 1 << 24),
                metadata.list("tokenizer.ggml.tokens", String.class).size(),
                width,
                heads,
                kvHeads,
                headWidth,
                experts,
                expertsUsed,
                expertWidth,
                metadata.positive(prefix + "attention.layer_norm_rms_epsilon"),
                metadata.positive(prefix + "rope.freq_base"));
    }

    private static Layer layer(GgufFile file, Sizes s, String name) throws ModelFileException {
        int q = s.heads * s.headWidth;
        int kv = s.kvHeads * s.headWidth;
        return new Layer(
                file.vector(name + "attn_norm.weight", s.width),
                file.matrix(name + "attn_q.weight", q, s.width),
                file.matrix(name + "attn_k.weight", kv, s.width),
                file.matrix(name + "attn_v.weight", kv, s.width),
                file.vector(name + "attn_q_norm.weight", s.headWidth),
                file.vector(name + "attn_k_norm.weight", s.headWidth),
                file.matrix(name + "attn_output.weight", s.width, q),
                file.vector(name + "ffn_norm.weight", s.width),
                file.matrix(name + "ffn_gate_inp.weight", s.experts, s.width),
                file.stack(name + "ffn_gate_exps.weight", s.experts, s.expertWidth, s.width),
                file.stack(name + "ffn_up_exps.weight", s.experts, s.expertWidth, s.width),
                file.stack(name + "ffn_down_exps.weight", s.experts, s.width, s.expertWidth));
    }

    private static long active(GgufFile file, Sizes s) {
        return file.tensors().stream()
                .mapToLong(info -> info.name().contains("_exps.") ? used(info, s) : info.elements())
                .sum();
    }

    private static long used(TensorInfo stack, Sizes s) {
        return stack.elements() / s.experts * s.expertsUsed;
    }
}
