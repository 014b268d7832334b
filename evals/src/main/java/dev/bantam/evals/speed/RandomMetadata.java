package dev.bantam.evals.speed;

import dev.bantam.engine.gguf.GgufWriter;
import java.util.ArrayList;
import java.util.List;

/** The key-value section of a random model: its sizes and its vocabulary. */
final class RandomMetadata {
    private RandomMetadata() {}

    static void put(GgufWriter writer, BenchModel model) {
        Shape shape = model.shape();
        String prefix = shape.architecture() + ".";
        writer.put("general.architecture", shape.architecture())
                .put("general.name", model.name())
                .put("general.quantization_version", 2)
                .put(prefix + "block_count", shape.layers())
                .put(prefix + "context_length", Shape.CONTEXT)
                .put(prefix + "embedding_length", shape.width())
                .put(prefix + "attention.head_count", shape.heads())
                .put(prefix + "attention.head_count_kv", shape.kvHeads())
                .put(prefix + "attention.key_length", shape.headWidth())
                .put(prefix + "attention.value_length", shape.headWidth())
                .put(prefix + "attention.layer_norm_rms_epsilon", 1e-6f)
                .put(prefix + "rope.freq_base", 1e6f)
                .put(prefix + "vocab_size", shape.vocabulary())
                .put(
                        prefix + "rope.dimension_count",
                        shape.delta().map(Shape.Delta::rope).orElse(shape.headWidth()));
        if (shape.delta().isEmpty()) {
            writer.put(prefix + "feed_forward_length", shape.feedForward());
        }
        if (shape.experts() > 0) {
            writer.put(prefix + "expert_count", shape.experts()).put(prefix + "expert_used_count", shape.expertsUsed());
        }
        if (shape.experts() > 0 && !shape.architecture().equals("llama")) {
            writer.put(prefix + "expert_feed_forward_length", shape.feedForward());
        }
        shape.delta().ifPresent(delta -> put(writer, prefix, delta));
        vocabulary(writer, shape.vocabulary());
    }

    private static void put(GgufWriter writer, String prefix, Shape.Delta delta) {
        int third = delta.rope() / 2 / 3;
        writer.put(prefix + "expert_shared_feed_forward_length", delta.sharedWidth())
                .put(
                        prefix + "rope.dimension_sections",
                        List.of(third + 1, third + 1, delta.rope() / 2 - 2 * third - 2, 0))
                .put(prefix + "ssm.conv_kernel", delta.convolution())
                .put(prefix + "ssm.state_size", delta.state())
                .put(prefix + "ssm.group_count", delta.keyHeads())
                .put(prefix + "ssm.time_step_rank", delta.valueHeads())
                .put(prefix + "ssm.inner_size", delta.inner())
                .put(prefix + "full_attention_interval", Shape.ATTENTION_INTERVAL);
    }

    private static void vocabulary(GgufWriter writer, int size) {
        RandomVocabulary vocabulary = RandomVocabulary.of(size);
        int words = size - RandomVocabulary.CONTROL.size();
        List<Integer> types = new ArrayList<>();
        for (int token = 0; token < size; token++) {
            types.add(token < words ? 1 : 3);
        }
        writer.put("tokenizer.ggml.model", "gpt2")
                .put("tokenizer.ggml.pre", "qwen2")
                .put("tokenizer.ggml.tokens", vocabulary.tokens())
                .put("tokenizer.ggml.token_type", types)
                .put("tokenizer.ggml.merges", vocabulary.merges())
                .put("tokenizer.ggml.bos_token_id", size - 3)
                .put("tokenizer.ggml.eos_token_id", size - 1)
                .put("tokenizer.ggml.add_bos_token", false);
    }
}
