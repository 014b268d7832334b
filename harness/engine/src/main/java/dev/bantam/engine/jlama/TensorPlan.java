package dev.bantam.engine.jlama;

import dev.bantam.engine.ModelFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensors that a family has, with their shapes. A folder must have exactly these: none is passed over in silence. */
final class TensorPlan {
    private static final int BLOCK = 32; // weights of Q4 that share a scale

    private static final String HEAD = "lm_head.weight";

    private final FolderConfig config;
    private final Map<String, List<Integer>> wanted = new LinkedHashMap<>();

    TensorPlan(FolderConfig config) {
        this.config = config;
        int embedding = config.embedding();
        matrix("model.embed_tokens.weight", config.vocabulary(), embedding);
        for (int layer = 0; layer < config.layers(); layer++) {
            layer("model.layers." + layer + ".");
        }
        vector("model.norm.weight", embedding);
        if (!config.tied()) {
            matrix(HEAD, config.vocabulary(), embedding);
        }
    }

    private void layer(String base) {
        int embedding = config.embedding();
        int queries = config.attentionLength();
        int keys = config.kvLength();
        vector(base + "input_layernorm.weight", embedding);
        vector(base + "post_attention_layernorm.weight", embedding);
        if (config.family() == Family.GEMMA2) {
            vector(base + "pre_feedforward_layernorm.weight", embedding);
            vector(base + "post_feedforward_layernorm.weight", embedding);
        }
        String attention = base + "self_attn.";
        matrix(attention + "q_proj.weight", queries, embedding);
        matrix(attention + "k_proj.weight", keys, embedding);
        matrix(attention + "v_proj.weight", keys, embedding);
        matrix(attention + "o_proj.weight", embedding, queries);
        if (config.family() == Family.QWEN2) {
            vector(attention + "q_proj.bias", queries);
            vector(attention + "k_proj.bias", keys);
            vector(attention + "v_proj.bias", keys);
        }
        if (config.experts() == 0) {
            feedForward(base + "mlp.", "gate_proj", "up_proj", "down_proj");
        } else {
            matrix(base + "block_sparse_moe.gate.weight", config.experts(), embedding);
            for (int expert = 0; expert < config.experts(); expert++) {
                feedForward(base + "block_sparse_moe.experts." + expert + ".", "w1", "w3", "w2");
            }
        }
    }

    private void feedForward(String base, String gate, String up, String down) {
        matrix(base + gate + ".weight", config.hidden(), config.embedding());
        matrix(base + up + ".weight", config.hidden(), config.embedding());
        matrix(base + down + ".weight", config.embedding(), config.hidden());
    }

    private void matrix(String name, int rows, int columns) {
        wanted.put(name, List.of(rows, columns));
    }

    private void vector(String name, int length) {
        wanted.put(name, List.of(length));
    }

    /** Holds a folder's tensors against the plan. */
    void check(Safetensors found) throws ModelFileException {
        if (found.tensors().containsKey(HEAD)) {
            matrix(HEAD, config.vocabulary(), config.embedding()); // may be written out, though tied
        }
        for (Map.Entry<String, List<Integer>> entry : wanted.entrySet()) {
            Safetensors.Tensor tensor = found.tensors().get(entry.getKey());
            if (tensor == null) {
                throw new ModelFileException(
                        config.file().path().getParent(),
                        "tensor " + entry.getKey(),
                        "missing",
                        "shape " + entry.getValue());
            }
            requireShape(entry.getKey(), tensor, entry.getValue());
            if (tensor.type().equals("Q4")) {
                checkScales(entry.getKey(), tensor, found);
            }
        }
        for (Map.Entry<String, Safetensors.Tensor> entry : found.tensors().entrySet()) {
            if (!isKnown(entry.getKey())) {
                throw new ModelFileException(
                        entry.getValue().file(),
                        "tensor " + entry.getKey(),
                        "not used by jlama",
                        "only tensors that a model of type " + config.family().word() + " has");
            }
        }
    }

    private static void requireShape(String name, Safetensors.Tensor tensor, List<Integer> shape)
            throws ModelFileException {
        if (!tensor.shape().equals(shape)) {
            throw new ModelFileException(
                    tensor.file(), "tensor " + name, "of shape " + tensor.shape(), shape + ", from config.json");
        }
    }

    private static void checkScales(String name, Safetensors.Tensor tensor, Safetensors found)
            throws ModelFileException {
        Safetensors.Tensor scales = found.tensors().get(name + ".qb");
        int columns = tensor.shape().getLast();
        if (scales == null || columns % BLOCK != 0 || !scales.type().equals("F32")) {
            throw new ModelFileException(
                    tensor.file(),
                    "tensor " + name,
                    "of type Q4",
                    "whole blocks of " + BLOCK + " with F32 scales in " + name + ".qb");
        }
        requireShape(name + ".qb", scales, List.of(tensor.shape().getFirst(), columns / BLOCK));
    }

    private boolean isKnown(String name) {
        String weights = name.endsWith(".qb") ? name.substring(0, name.length() - 3) : name;
        return wanted.containsKey(weights)
                || name.endsWith(".rotary_emb.inv_freq"); // old files; computed from the configuration
    }
}
