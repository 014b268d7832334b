package dev.bantam.evals;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of safetensors as the model of the packaged program: that it is found, opened, read and sampled. */
class FolderModelIT {
    private static final int VOCABULARY = 384;
    private static final int EMBEDDING = 64;

    @Test
    void aFolderOfSafetensorsAnswers(@TempDir Path folder) throws Exception {
        write(folder.resolve("tiny"));
        Run run = new Packaged(folder)
                .run("-p", "hi", "-m", folder.resolve("tiny").toString(), "--max-turns", "1", "--seed", "1", "--json");
        assertThat(run.events()).as(run.err()).isNotEmpty();
        EventShape.check(run.events());
        assertThat(run.events().stream().map(event -> event.path("type").asText()))
                .contains("assistant_message");
        assertThat(run.events().getLast().path("usage").path("output").asInt()).isPositive();
    }

    @Test
    void aFolderThatCannotBeUsedIsAnErrorThatSaysWhy(@TempDir Path folder) throws Exception {
        write(folder.resolve("tiny"));
        Path config = folder.resolve("tiny/config.json");
        Files.writeString(config, Files.readString(config).replace("\"llama\"", "\"phi3\""));
        Run run = new Packaged(folder)
                .run("-p", "hi", "-m", folder.resolve("tiny").toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("model_type is \"phi3\"; expected one that jlama runs: llama");
    }

    private static void write(Path folder) throws IOException {
        ObjectMapper json = new ObjectMapper();
        Files.createDirectories(folder);
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("model_type", "llama");
        config.put("hidden_size", EMBEDDING);
        config.put("intermediate_size", EMBEDDING);
        config.put("num_attention_heads", 2);
        config.put("num_key_value_heads", 1);
        config.put("num_hidden_layers", 1);
        config.put("rms_norm_eps", 1e-5);
        config.put("vocab_size", VOCABULARY);
        config.put("max_position_embeddings", 8192);
        json.writeValue(folder.resolve("config.json").toFile(), config);
        json.writeValue(
                folder.resolve("tokenizer_config.json").toFile(),
                Map.of("chat_template", "{{ '<|im_start|>' }}", "eos_token", "<|im_end|>"));
        json.writeValue(folder.resolve("tokenizer.json").toFile(), tokenizer());
        Files.write(folder.resolve("model.safetensors"), weights(json));
    }

    private static Map<String, Object> tokenizer() {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        int others = 256;
        for (int b = 0; b < 256; b++) {
            boolean shown = b >= '!' && b <= '~' || b >= 0xa1 && b <= 0xac || b >= 0xae;
            vocabulary.put(String.valueOf((char) (shown ? b : others++)), b);
        }
        String regex = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
                + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
        Map<String, Object> split = Map.of("type", "Split", "pattern", Map.of("Regex", regex));
        Map<String, Object> bytes = Map.of("type", "ByteLevel");
        return Map.of(
                "added_tokens",
                List.of(
                        Map.of("id", 256, "content", "<|im_start|>", "special", true),
                        Map.of("id", 257, "content", "<|im_end|>", "special", true)),
                "pre_tokenizer",
                Map.of("type", "Sequence", "pretokenizers", List.of(split, bytes)),
                "model",
                Map.of("type", "BPE", "vocab", vocabulary, "merges", List.of()));
    }

    private static byte[] weights(ObjectMapper json) throws IOException {
        Map<String, List<Integer>> shapes = new LinkedHashMap<>();
        shapes.put("model.embed_tokens.weight", List.of(VOCABULARY, EMBEDDING));
        shapes.put("lm_head.weight", List.of(VOCABULARY, EMBEDDING));
        String layer = "model.layers.0.";
        for (String norm : List.of("model.norm", layer + "input_layernorm", layer + "post_attention_layernorm")) {
            shapes.put(norm + ".weight", List.of(EMBEDDING));
        }
        for (String name : List.of("self_attn.q", "self_attn.o", "mlp.gate", "mlp.up", "mlp.down")) {
            shapes.put(layer + name + "_proj.weight", List.of(EMBEDDING, EMBEDDING));
        }
        shapes.put(layer + "self_attn.k_proj.weight", List.of(EMBEDDING / 2, EMBEDDING));
        shapes.put(layer + "self_attn.v_proj.weight", List.of(EMBEDDING / 2, EMBEDDING));
        Map<String, Object> header = new LinkedHashMap<>();
        List<Integer> ends = new ArrayList<>(List.of(0));
        shapes.forEach((name, shape) -> {
            ends.add(ends.getLast() + 4 * shape.stream().reduce(1, (a, b) -> a * b));
            header.put(
                    name,
                    Map.of(
                            "dtype",
                            "F32",
                            "shape",
                            shape,
                            "data_offsets",
                            ends.subList(ends.size() - 2, ends.size()).toArray()));
        });
        byte[] head = json.writeValueAsBytes(header);
        ByteBuffer out = ByteBuffer.allocate(8 + head.length + ends.getLast()).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(head.length).put(head);
        Random random = new Random(1);
        while (out.hasRemaining()) {
            out.putFloat((float) random.nextGaussian() / 8);
        }
        return out.array();
    }
}
