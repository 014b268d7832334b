package dev.bantam.engine.jlama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.engine.Model;
import dev.bantam.engine.ModelFacts;
import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.Tokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
    @TempDir
    Path temporary;

    @Test
    void aFolderTellsWhatItIs() throws IOException {
        Path folder = TinyFolder.mixtral(1).write(temporary.resolve("tiny-mixtral"));
        try (Model model = Evaluations.open(folder)) {
            ModelFacts facts = model.facts();
            assertThat(facts.name()).isEqualTo("tiny-mixtral");
            assertThat(facts.architecture()).isEqualTo("mixtral");
            assertThat(facts.quantization()).isEqualTo("F32");
            assertThat(facts.contextTokens()).isEqualTo(TinyFolder.CONTEXT);
            assertThat(facts.totalParameters() - facts.activeParameters()).isEqualTo(2L * 4 * 3 * 768 * 128);
            assertThat(facts.cacheBytesPerToken()).isEqualTo(2 * 2 * 64 * 4);
            assertThat(model.chatTemplate()).contains(TinyFolder.TEMPLATE);
            assertThat(model.metadata()).containsEntry("num_local_experts", 6).containsEntry("hidden_act", "silu");
        }
    }

    @Test
    void itsTokenizerIsTheOneOfAGgufFile() throws IOException {
        try (Model model = Evaluations.open(TinyFolder.llama(1).write(temporary))) {
            Tokenizer tokenizer = model.tokenizer();
            assertThat(tokenizer.encode("the th é", false)).containsExactly(261, 32, 260, 32, 0xc3, 0xa9);
            assertThat(tokenizer.encode("<|im_end|>", true)).containsExactly(258);
            assertThat(tokenizer.encode("<|im_end|>", false)).hasSize(10);
            assertThat(tokenizer.encode("<tool_call>", false)).containsExactly(259);
            assertThat(tokenizer.isEndOfGeneration(258)).isTrue();
            assertThat(tokenizer.isEndOfGeneration(257)).isFalse();
            assertThat(tokenizer.vocabularySize()).isEqualTo(384);
            assertThat(tokenizer.beginning()).isEmpty();
        }
    }

    @Test
    void aTemplateMayLieInAFileOfItsOwnOrHaveANameAmongSeveral() throws IOException {
        Path folder = TinyFolder.llama(1).write(temporary);
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"chat_template\": [{\"name\": \"rag\", \"template\": \"r\"}, {\"name\": \"default\", \"template\": \"d\"}]}");
        assertThat(FolderTokenizer.chatTemplate(folder)).contains("d");
        Files.writeString(folder.resolve("chat_template.jinja"), "own");
        assertThat(FolderTokenizer.chatTemplate(folder)).contains("own");
    }

    @Test
    void whatJlamaWouldPassOverInSilenceIsRefused() {
        refuses(tiny -> tiny.config.put("attention_bias", true), "attention_bias is true");
        refuses(tiny -> tiny.config.put("partial_rotary_factor", 0.5), "partial_rotary_factor is 0.5");
        refuses(tiny -> tiny.config.put("head_dim", 64), "head_dim is 64");
        refuses(
                tiny -> tiny.config.put("model_type", "phi3"),
                "model_type is \"phi3\"; expected one that jlama runs: llama");
        refuses(tiny -> tiny.config.put("hidden_act", "gelu"), "hidden_act is \"gelu\"; expected silu");
        refuses(tiny -> tiny.config.put("hidden_size", 120), "hidden_size is 120; expected a multiple of 16");
        refuses(tiny -> tiny.config.put("quantization_config", Map.of()), "quantization_config");
        refuses(
                tiny -> tiny.config.put("rope_scaling", Map.of("rope_type", "yarn", "factor", 4)),
                "rope_scaling is 'yarn'; expected one that is supported: default, linear, llama3");
    }

    @Test
    void tensorsMustBeExactlyThoseOfTheFamily() {
        refuses(tiny -> tiny.weights.remove("model.layers.1.mlp.up_proj.weight"), "up_proj.weight is missing");
        refuses(tiny -> rename(tiny, "model.norm.weight", "model.norm.bias"), "tensor model.norm.weight is missing");
        refuses(
                tiny -> {
                    tiny.weights.put("model.layers.0.self_attn.q_proj.bias", new float[128]);
                    tiny.shapes.put("model.layers.0.self_attn.q_proj.bias", java.util.List.of(128));
                },
                "q_proj.bias is not used by jlama");
        refuses(tiny -> tiny.config.put("intermediate_size", 512), "of shape [768, 128]; expected [512, 128]");
        refuses(tiny -> tiny.type = "I8", "of type I8; expected F32, F16, BF16 or jlama's Q4");
    }

    private static void rename(TinyFolder tiny, String from, String to) {
        tiny.weights.put(to, tiny.weights.remove(from));
        tiny.shapes.put(to, tiny.shapes.get(from));
    }

    @Test
    void aHeaderThatJlamaCannotReadWholeIsRefused() throws IOException {
        Path folder = TinyFolder.llama(1).write(temporary);
        Path file = folder.resolve("model.safetensors");
        Files.write(
                file,
                ByteBuffer.allocate(3 << 20)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(2 << 20)
                        .array());
        assertThatThrownBy(() -> Evaluations.open(folder))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(
                        "header length is 2097152; expected at most 1048568, which is all that jlama reads");
    }

    @Test
    void damagedFilesAreRefusedWithWhatIsWrong() throws IOException {
        Path folder = TinyFolder.llama(1).write(temporary);
        Path file = folder.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 7, 8, 100, whole.length / 2, whole.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Evaluations.open(folder))
                    .as("cut to %d", length)
                    .isInstanceOf(ModelFileException.class);
        }
        Files.delete(file);
        assertThatThrownBy(() -> Evaluations.open(folder)).hasMessageContaining("there is no such file");
        Files.writeString(folder.resolve("config.json"), "[]");
        assertThatThrownBy(() -> Evaluations.open(folder)).hasMessageContaining("no JSON object");
        Files.delete(folder.resolve("config.json"));
        assertThatThrownBy(() -> Evaluations.open(folder))
                .hasMessageContaining("a folder; expected a .gguf file, or a folder with config.json");
    }

    @Test
    void anIndexCannotNameFilesOutsideItsFolder() throws IOException {
        Path folder = TinyFolder.llama(1).write(temporary);
        Files.writeString(
                folder.resolve("model.safetensors.index.json"),
                "{\"metadata\": {}, \"weight_map\": {\"a\": \"../model.safetensors\"}}");
        assertThatThrownBy(() -> Evaluations.open(folder)).hasMessageContaining("names of files in this folder");
    }

    @Test
    void aSlidingWindowThatJlamaDoesNotSlideIsTheMostContext() throws IOException {
        TinyFolder tiny = TinyFolder.mixtral(1);
        tiny.config.put("sliding_window", 24);
        try (Model model = Evaluations.open(tiny.write(temporary))) {
            assertThat(model.facts().contextTokens()).isEqualTo(24);
        }
    }

    private void refuses(Consumer<TinyFolder> change, String message) {
        TinyFolder tiny = TinyFolder.llama(1);
        change.accept(tiny);
        Path folder = tiny.write(temporary.resolve("folder"));
        assertThatThrownBy(() -> Evaluations.open(folder))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(message);
    }
}
