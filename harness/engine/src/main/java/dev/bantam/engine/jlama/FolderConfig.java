package dev.bantam.engine.jlama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bantam.engine.ModelFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code config.json} says of the model's shape, with everything refused that jlama would pass over in silence.
 *
 * @param contextTokens trained for; at most a sliding window, which jlama does not slide, and {@link #MOST_CONTEXT}
 * @param experts in a layer; 0 for dense models
 */
record FolderConfig(
        JsonFile file,
        Family family,
        int layers,
        int embedding,
        int hidden,
        int heads,
        int kvHeads,
        int headSize,
        int vocabulary,
        int contextTokens,
        int experts,
        int expertsUsed,
        boolean tied,
        Rotary rotary) {
    /** jlama keeps an object for each position and frequency: 60 MB for these. */
    static final int MOST_CONTEXT = 32_768;

    private static final int LANES = 16; // jlama's products have no tail: of the widest vectors, floats
    private static final int MOST = 1 << 20;

    static FolderConfig read(Path folder) throws ModelFileException {
        JsonFile file = JsonFile.read(folder.resolve("config.json"));
        Family family = Family.named(file.text("model_type"))
                .orElseThrow(() -> file.wrong("model_type", "one that jlama runs: " + Family.supported()));
        refuseWhatIsPassedOver(file, family);
        int embedding = multiple(file, "hidden_size", file.integer("hidden_size", 1, MOST));
        int heads = file.integer("num_attention_heads", 1, 4096);
        int kvHeads =
                file.integer("num_key_value_heads", 1, heads, family == Family.MIXTRAL ? Math.min(8, heads) : heads);
        int headSize = multiple(file, "head_dim", file.integer("head_dim", 1, 4096, embedding / heads));
        if (heads % kvHeads != 0) {
            throw file.wrong("num_key_value_heads", "a divisor of the " + heads + " heads");
        }
        if (!family.readsHeadSize() && headSize * heads != embedding) {
            throw file.wrong(
                    "head_dim", "hidden_size / num_attention_heads, since jlama takes no other for " + family.word());
        }
        if (family == Family.GEMMA2 && file.integer("query_pre_attn_scalar", 1, 4096) != headSize) {
            throw file.wrong("query_pre_attn_scalar", "head_dim, since jlama scales by no other");
        }
        int experts = family == Family.MIXTRAL ? file.integer("num_local_experts", 1, 1024) : 0;
        return new FolderConfig(
                file,
                family,
                file.integer("num_hidden_layers", 1, 1024),
                embedding,
                multiple(file, "intermediate_size", file.integer("intermediate_size", 1, MOST)),
                heads,
                kvHeads,
                headSize,
                file.integer("vocab_size", 1, 1 << 22),
                context(file, family),
                experts,
                experts == 0 ? 0 : file.integer("num_experts_per_tok", 1, experts),
                file.flag("tie_word_embeddings", family.isGemma()),
                Rotary.read(file, family));
    }

    private static void refuseWhatIsPassedOver(JsonFile file, Family family) throws ModelFileException {
        for (String name : List.of("attention_bias", "mlp_bias")) {
            if (file.flag(name, false)) {
                throw file.wrong(name, "false, since jlama leaves these biases out");
            }
        }
        if (file.has("quantization_config")) {
            throw file.wrong("quantization_config", "no such entry: weights in F32, F16, BF16 or jlama's own Q4");
        }
        if (file.root().path("partial_rotary_factor").asDouble(1) != 1) {
            throw file.wrong("partial_rotary_factor", "1, since jlama turns whole heads");
        }
        String activation = file.root().path("hidden_act").asText(family.isGemma() ? "gelu_pytorch_tanh" : "silu");
        if (!family.isGemma() && !activation.equals("silu")) {
            throw file.wrong("hidden_act", "silu");
        }
    }

    private static int context(JsonFile file, Family family) throws ModelFileException {
        int context = Math.min(MOST_CONTEXT, file.integer("max_position_embeddings", 1, Integer.MAX_VALUE));
        boolean slides = file.has("sliding_window") && file.flag("use_sliding_window", family != Family.QWEN2);
        return slides ? Math.min(context, file.integer("sliding_window", 1, Integer.MAX_VALUE)) : context;
    }

    private static int multiple(JsonFile file, String name, int value) throws ModelFileException {
        if (value % LANES != 0) {
            throw new ModelFileException(file.path(), name, value, "a multiple of " + LANES + ", which jlama needs");
        }
        return value;
    }

    int kvLength() {
        return kvHeads * headSize;
    }

    int attentionLength() {
        return heads * headSize;
    }

    /** Bytes that one token's keys and values take, in floats. */
    long cacheBytesPerToken() {
        return 2L * Float.BYTES * layers * kvLength();
    }

    /**
     * Positions in jlama's table of rotations: it looks for head h's at two places further on for every head before,
     * which leaves the distance between two tokens right and runs past the end of a table of the context's length.
     */
    int rotations() {
        return contextTokens + 2 * (kvHeads - 1);
    }

    /** The configuration as jlama reads it: entries that it needs and files leave out, none that it misreads. */
    ObjectNode forJlama() {
        ObjectNode node = file.root().deepCopy();
        node.put("max_position_embeddings", rotations());
        node.put("num_key_value_heads", kvHeads);
        node.put("head_dim", headSize);
        node.put("rope_theta", rotary.theta());
        node.put("hidden_act", family.isGemma() ? "gelu_pytorch_tanh" : "silu");
        node.put("bos_token_id", 0); // what begins and ends is the tokenizer's to say
        node.put("eos_token_id", 0);
        node.remove("rope_scaling");
        return node;
    }
}
