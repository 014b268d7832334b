package dev.bantam.evals.speed;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A random model as jlama reads it: a folder of safetensors, its matrices in jlama's own four bits. These are blocks of 32
 * weights, nibble less 8 times a scale, like GGUF's Q4_0; but scales have 32 bits and a tensor of their own.
 */
final class RandomFolder {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Object> QWEN2 = Map.of(
            "type",
            "Split",
            "pattern",
            Map.of(
                    "Regex",
                    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
                            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"));
    private static final Map<String, Object> BYTES = Map.of("type", "ByteLevel", "add_prefix_space", false);
    private static final int BLOCK = 32;
    private static final int CHUNK = 1 << 16;

    private final Shape shape;
    private final List<Tensor> tensors = new ArrayList<>();

    /** A tensor of {@code bytes}, which are random, or floats around {@code mean}. */
    private record Tensor(String name, String type, List<Integer> sizes, long bytes, float mean, float deviation) {}

    RandomFolder(BenchModel model) {
        this.shape = model.shape();
        addTensors();
    }

    /** Whether jlama runs such a model, and has a type of weights like its own. */
    static boolean suits(BenchModel model) {
        return model.shape().architecture().equals("llama") && model.mix() == BenchModel.Mix.Q4_0;
    }

    /** Bytes of weights that one token meets. */
    long activeBytes() {
        long bytes = 0;
        for (Tensor tensor : tensors) {
            bytes += tensor.name.startsWith("model.embed_tokens")
                    ? tensor.bytes / shape.vocabulary()
                    : tensor.name.contains(".experts.")
                            ? tensor.bytes * shape.expertsUsed() / shape.experts()
                            : tensor.bytes;
        }
        return bytes;
    }

    private void addTensors() {
        int queries = shape.heads() * shape.headWidth();
        int keys = shape.kvHeads() * shape.headWidth();
        matrix("model.embed_tokens", shape.vocabulary(), shape.width());
        for (int layer = 0; layer < shape.layers(); layer++) {
            String base = "model.layers." + layer + ".";
            norm(base + "input_layernorm");
            norm(base + "post_attention_layernorm");
            matrix(base + "self_attn.q_proj", queries, shape.width());
            matrix(base + "self_attn.k_proj", keys, shape.width());
            matrix(base + "self_attn.v_proj", keys, shape.width());
            matrix(base + "self_attn.o_proj", shape.width(), queries);
            feedForward(base);
        }
        norm("model.norm");
        matrix("lm_head", shape.vocabulary(), shape.width());
    }

    private void feedForward(String base) {
        if (shape.experts() == 0) {
            feedForward(base + "mlp.", "gate_proj", "up_proj", "down_proj");
            return;
        }
        float deviation = 2 / (float) Math.sqrt(shape.width());
        floats(base + "block_sparse_moe.gate.weight", 0, deviation, shape.experts(), shape.width());
        for (int expert = 0; expert < shape.experts(); expert++) {
            feedForward(base + "block_sparse_moe.experts." + expert + ".", "w1", "w3", "w2");
        }
    }

    private void feedForward(String base, String gate, String up, String down) {
        matrix(base + gate, shape.feedForward(), shape.width());
        matrix(base + up, shape.feedForward(), shape.width());
        matrix(base + down, shape.width(), shape.feedForward());
    }

    private void norm(String name) {
        floats(name + ".weight", 1, 0.1f, shape.width());
    }

    private void floats(String name, float mean, float deviation, Integer... sizes) {
        long count = List.of(sizes).stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        tensors.add(new Tensor(name, "F32", List.of(sizes), Float.BYTES * count, mean, deviation));
    }

    /** Nibbles have a deviation of 4.61; {@link WeightType#Q4_0}. */
    private void matrix(String name, int rows, int columns) {
        long nibbles = (long) rows * columns / 2;
        tensors.add(new Tensor(name + ".weight", "Q4", List.of(rows, columns), nibbles, 0, 0));
        floats(name + ".weight.qb", 1 / (4.61f * (float) Math.sqrt(columns)), 0, rows, columns / BLOCK);
    }

    /** Writes it under another name beside its place and moves it there when it is whole. */
    void write(long seed, Path folder) throws IOException {
        Path part = Files.createTempDirectory(folder.toAbsolutePath().getParent(), folder.getFileName() + ".");
        JSON.writeValue(part.resolve("config.json").toFile(), config());
        JSON.writeValue(part.resolve("tokenizer.json").toFile(), tokenizer());
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(part.resolve("model.safetensors")), 1 << 20)) {
            out.write(header());
            SplittableRandom random = new SplittableRandom(seed);
            for (Tensor tensor : tensors) {
                write(tensor, random, out);
            }
        }
        Files.move(part, folder);
    }

    private static void write(Tensor tensor, SplittableRandom random, OutputStream out) throws IOException {
        for (long left = tensor.bytes; left > 0; left -= CHUNK) {
            ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(left, CHUNK)).order(ByteOrder.LITTLE_ENDIAN);
            if (tensor.type.equals("Q4")) {
                random.nextBytes(chunk.array());
            } else {
                while (chunk.hasRemaining()) {
                    chunk.putFloat(tensor.mean + tensor.deviation * (float) random.nextGaussian());
                }
            }
            out.write(chunk.array());
        }
    }

    private byte[] header() throws IOException {
        Map<String, Object> header = new LinkedHashMap<>();
        long at = 0;
        for (Tensor tensor : tensors) {
            List<Long> place = List.of(at, at + tensor.bytes);
            header.put(tensor.name, Map.of("dtype", tensor.type, "shape", tensor.sizes, "data_offsets", place));
            at += tensor.bytes;
        }
        String text = JSON.writeValueAsString(header);
        byte[] padded = (text + " ".repeat(-text.length() & 7)).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + padded.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded.length)
                .put(padded)
                .array();
    }

    private Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("model_type", shape.experts() == 0 ? "llama" : "mixtral");
        config.put("hidden_size", shape.width());
        config.put("intermediate_size", shape.feedForward());
        config.put("num_attention_heads", shape.heads());
        config.put("num_key_value_heads", shape.kvHeads());
        config.put("num_hidden_layers", shape.layers());
        config.put("rms_norm_eps", 1e-6);
        config.put("vocab_size", shape.vocabulary());
        config.put("max_position_embeddings", Shape.CONTEXT);
        config.put("rope_theta", 1e6);
        config.put("hidden_act", "silu");
        if (shape.experts() > 0) {
            config.put("num_local_experts", shape.experts());
            config.put("num_experts_per_tok", shape.expertsUsed());
        }
        return config;
    }

    private Map<String, Object> tokenizer() {
        RandomVocabulary vocabulary = RandomVocabulary.of(shape.vocabulary());
        Map<String, Integer> tokens = new LinkedHashMap<>();
        for (String token : vocabulary.tokens()) {
            tokens.put(token, tokens.size());
        }
        return Map.of(
                "model", Map.of("type", "BPE", "vocab", tokens, "merges", vocabulary.merges()),
                "pre_tokenizer", Map.of("type", "Sequence", "pretokenizers", List.of(QWEN2, BYTES)));
    }
}
