package dev.bantam.engine.jlama;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A model of a few thousand random weights: what a folder of safetensors holds, made up from a seed. */
final class TinyFolder {
    static final String TEMPLATE = "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n"
            + "{% endfor %}<|im_start|>assistant\n";
    static final int LAYERS = 2;
    static final int CONTEXT = 47;
    static final int HEAD_SIZE = 32;
    static final int HIDDEN = 768; // the native library cuts it into pieces of 6

    private static final List<String> SPECIAL = List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");
    private static final String QWEN = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    final Map<String, Object> config = new LinkedHashMap<>();
    final Map<String, float[]> weights = new LinkedHashMap<>();
    final Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    final int embedding;
    final int heads;
    final int kvHeads;
    final int experts;
    final int vocabulary;
    String type = "F32";

    /** @param experts of which two are used; 0 for a dense model */
    private TinyFolder(String family, long seed, int heads, int kvHeads, int experts, int vocabulary) {
        this.heads = heads;
        this.kvHeads = kvHeads;
        this.experts = experts;
        this.vocabulary = vocabulary;
        this.embedding = heads * HEAD_SIZE;
        config.put("model_type", family);
        config.put("hidden_size", embedding);
        config.put("intermediate_size", HIDDEN);
        config.put("num_attention_heads", heads);
        config.put("num_key_value_heads", kvHeads);
        config.put("num_hidden_layers", LAYERS);
        config.put("rms_norm_eps", 1e-5);
        config.put("vocab_size", vocabulary);
        config.put("max_position_embeddings", CONTEXT);
        config.put("rope_theta", 10000.0);
        config.put("hidden_act", "silu");
        config.put("bos_token_id", null);
        config.put("eos_token_id", List.of(258));
        if (experts > 0) {
            config.put("num_local_experts", experts);
            config.put("num_experts_per_tok", 2);
        }
        fill(new Random(seed), family.equals("qwen2"));
    }

    static TinyFolder llama(long seed) {
        return new TinyFolder("llama", seed, 4, 2, 0, 384);
    }

    static TinyFolder llamaWithoutGroups(long seed) {
        return new TinyFolder("llama", seed, 4, 4, 0, 384);
    }

    static TinyFolder llamaOfVocabulary(int size, long seed) {
        return new TinyFolder("llama", seed, 4, 2, 0, size);
    }

    static TinyFolder qwen2(long seed) {
        return new TinyFolder("qwen2", seed, 4, 2, 0, 384);
    }

    static TinyFolder mixtral(long seed) {
        return new TinyFolder("mixtral", seed, 4, 2, 6, 384);
    }

    private void fill(Random random, boolean biased) {
        int queries = heads * HEAD_SIZE;
        int keys = kvHeads * HEAD_SIZE;
        matrix(random, "model.embed_tokens.weight", vocabulary, embedding);
        for (int layer = 0; layer < LAYERS; layer++) {
            String base = "model.layers." + layer + ".";
            norm(random, base + "input_layernorm.weight");
            norm(random, base + "post_attention_layernorm.weight");
            matrix(random, base + "self_attn.q_proj.weight", queries, embedding);
            matrix(random, base + "self_attn.k_proj.weight", keys, embedding);
            matrix(random, base + "self_attn.v_proj.weight", keys, embedding);
            matrix(random, base + "self_attn.o_proj.weight", embedding, queries);
            if (biased) {
                vector(random, base + "self_attn.q_proj.bias", queries, 0);
                vector(random, base + "self_attn.k_proj.bias", keys, 0);
                vector(random, base + "self_attn.v_proj.bias", keys, 0);
            }
            if (experts == 0) {
                feedForward(random, base + "mlp.", "gate_proj", "up_proj", "down_proj");
            } else {
                matrix(random, base + "block_sparse_moe.gate.weight", experts, embedding);
                for (int expert = 0; expert < experts; expert++) {
                    feedForward(random, base + "block_sparse_moe.experts." + expert + ".", "w1", "w3", "w2");
                }
            }
        }
        norm(random, "model.norm.weight");
        matrix(random, "lm_head.weight", vocabulary, embedding);
    }

    private void feedForward(Random random, String base, String gate, String up, String down) {
        matrix(random, base + gate + ".weight", HIDDEN, embedding);
        matrix(random, base + up + ".weight", HIDDEN, embedding);
        matrix(random, base + down + ".weight", embedding, HIDDEN);
    }

    private void matrix(Random random, String name, int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * 1.5 / Math.sqrt(columns));
        }
        weights.put(name, values);
        shapes.put(name, List.of(rows, columns));
    }

    private void norm(Random random, String name) {
        vector(random, name, embedding, 1);
    }

    private void vector(Random random, String name, int length, float around) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = around + (float) (random.nextGaussian() * 0.2);
        }
        weights.put(name, values);
        shapes.put(name, List.of(length));
    }

    /** Stores all weights as BF16; the ones kept here are rounded in the same way. */
    TinyFolder asBfloat16() {
        type = "BF16";
        for (float[] values : weights.values()) {
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.intBitsToFloat(Float.floatToRawIntBits(values[i]) & 0xffff0000);
            }
        }
        return this;
    }

    Path write(Path folder) {
        try {
            Files.createDirectories(folder);
            ObjectMapper json = new ObjectMapper();
            Files.writeString(folder.resolve("config.json"), json.writeValueAsString(config));
            Files.writeString(folder.resolve("tokenizer.json"), json.writeValueAsString(tokenizer()));
            Files.writeString(
                    folder.resolve("tokenizer_config.json"),
                    json.writeValueAsString(Map.of("chat_template", TEMPLATE, "eos_token", "<|endoftext|>")));
            Files.write(folder.resolve("model.safetensors"), safetensors(json));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] safetensors(ObjectMapper json) throws IOException {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("__metadata__", Map.of("format", "pt"));
        int size = type.equals("F32") ? 4 : 2;
        int at = 0;
        for (String name : weights.keySet()) {
            int end = at + size * weights.get(name).length;
            header.put(name, Map.of("dtype", type, "shape", shapes.get(name), "data_offsets", List.of(at, end)));
            at = end;
        }
        byte[] head = json.writeValueAsBytes(header);
        int padded = (head.length + 7) / 8 * 8;
        ByteBuffer out = ByteBuffer.allocate(8 + padded + at).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(padded).put(head);
        while (out.position() < 8 + padded) {
            out.put((byte) ' ');
        }
        for (float[] values : weights.values()) {
            for (float value : values) {
                if (size == 4) {
                    out.putFloat(value);
                } else {
                    out.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
                }
            }
        }
        return out.array();
    }

    /** Bytes, two merges and the marks of ChatML. */
    private static Map<String, Object> tokenizer() {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        int others = 256;
        for (int b = 0; b < 256; b++) {
            boolean shown = b >= '!' && b <= '~' || b >= 0xa1 && b <= 0xac || b >= 0xae;
            vocabulary.put(String.valueOf((char) (shown ? b : others++)), b);
        }
        List<Map<String, Object>> added = new ArrayList<>();
        for (int i = 0; i < SPECIAL.size(); i++) {
            added.add(Map.of("id", 256 + i, "content", SPECIAL.get(i), "special", true));
        }
        added.add(Map.of("id", 259, "content", "<tool_call>", "special", false));
        vocabulary.put("th", 260);
        vocabulary.put("the", 261);
        Map<String, Object> split =
                Map.of("type", "Split", "pattern", Map.of("Regex", QWEN), "behavior", "Isolated", "invert", false);
        Map<String, Object> bytes = Map.of("type", "ByteLevel", "add_prefix_space", false, "use_regex", false);
        return Map.of(
                "added_tokens", added,
                "pre_tokenizer", Map.of("type", "Sequence", "pretokenizers", List.of(split, bytes)),
                "model", Map.of("type", "BPE", "vocab", vocabulary, "merges", List.of("t h", "th e")));
    }

    static void patch(Path file, String from, String to) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            if (!text.contains(from)) {
                throw new IllegalArgumentException(file + " has no " + from);
            }
            Files.writeString(file, text.replace(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
