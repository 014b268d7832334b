package dev.bantam.app.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bantam.app.Started;
import dev.bantam.app.setup.Exit;
import dev.bantam.engine.gguf.GgufFile;
import dev.bantam.engine.gguf.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FIXTURES = Path.of("../engine/src/test/resources/fixtures");
    private static final String MODEL =
            FIXTURES.resolve("qwen3moe-t-F32.gguf").toAbsolutePath().normalize().toString();

    @TempDir
    Path folder;

    private Started bantam;

    @BeforeEach
    void start() throws IOException {
        bantam = new Started(folder);
    }

    @Test
    void logitsAreThoseOfTheReference() throws IOException {
        JsonNode expected = reference();
        assertThat(bantam.run("models", "logits", MODEL, "--tokens", ids(expected), "--greedy", "4"))
                .as(bantam.err())
                .isZero();
        JsonNode printed = JSON.readTree(bantam.out());
        assertThat(nmse(
                        printed.get("logits"),
                        floats(expected.get("logits_last").asText())))
                .isLessThan(1e-8);
        assertThat(printed.get("greedy")).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(printed.get("greedy").get(i))
                    .isEqualTo(expected.get("greedy").get(i));
        }
    }

    @Test
    void logitsOfEveryPositionEndWithThoseOfTheLast() throws IOException {
        String tokens = ids(reference());
        assertThat(bantam.run("models", "logits", MODEL, "--tokens", tokens)).isZero();
        JsonNode last = JSON.readTree(bantam.out());
        assertThat(bantam.run("models", "logits", MODEL, "--tokens", tokens, "--all", "--json"))
                .isZero();
        JsonNode all = JSON.readTree(bantam.out());
        assertThat(all.get("logits")).hasSize(tokens.split(",").length);
        assertThat(all.get("logits").get(all.get("logits").size() - 1)).isEqualTo(last.get("logits"));
        assertThat(last.get("greedy")).isEmpty();
    }

    @Test
    void logitsThatAreNoNumbersAreAnError() throws IOException {
        ByteBuffer damaged = ByteBuffer.wrap(Files.readAllBytes(Path.of(MODEL))).order(ByteOrder.LITTLE_ENDIAN);
        try (GgufFile good = GgufFile.open(Path.of(MODEL))) {
            TensorInfo norm = good.tensors().stream()
                    .filter(tensor -> tensor.name().equals("output_norm.weight"))
                    .findAny()
                    .orElseThrow();
            damaged.putFloat((int) norm.offset(), Float.NaN);
        }
        String file =
                Files.write(folder.resolve("damaged.gguf"), damaged.array()).toString();
        assertThat(bantam.run("models", "logits", file, "--tokens", "1,2,3", "--json"))
                .isEqualTo(Exit.FAILED);
        assertThat(bantam.err()).contains("the logit of token").contains("damaged");
        assertThat(bantam.out()).isEmpty();
    }

    @Test
    void logitsOfTheFastKernelsAreNearThoseOfTheReference() throws IOException {
        JsonNode expected = reference();
        assertThat(bantam.run("models", "logits", MODEL, "--tokens", ids(expected), "--fast"))
                .isZero();
        assertThat(nmse(
                        JSON.readTree(bantam.out()).get("logits"),
                        floats(expected.get("logits_last").asText())))
                .isBetween(1e-12, 0.02);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--tokens 1,99999999|token 99999999",
                "--tokens 1,x|--tokens",
                "|--tokens",
                "--tokens 1 --greedy -1|--greedy must be at least 0",
                "--tokens 1 --greedy 100000000|more than the model's context"
            })
    void logitsRefusesWhatCannotBeComputed(String optionsAndWords) {
        String[] both = optionsAndWords.split("\\|");
        assertThat(bantam.run(("models logits " + MODEL + " " + both[0]).strip().split(" +")))
                .isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).contains(both[1]);
        assertThat(bantam.out()).isEmpty();
    }

    @Test
    void tokenizeReadsSpecialTokensUnlessToldNotTo() throws IOException {
        assertThat(bantam.run("models", "tokenize", MODEL, "--text", "<|im_end|>", "--json"))
                .as(bantam.err())
                .isZero();
        assertThat(JSON.readTree(bantam.out()).get("ids")).hasSize(1);
        assertThat(bantam.run("models", "tokenize", MODEL, "--text", "<|im_end|>", "--no-special", "--json"))
                .isZero();
        assertThat(JSON.readTree(bantam.out()).get("ids")).hasSizeGreaterThan(1);
    }

    @Test
    void tokenizeReadsAFileAndShowsThePieces() throws IOException {
        bantam.file("text.txt", "a\tb\n");
        assertThat(bantam.run("models", "tokenize", MODEL, "--file", "text.txt"))
                .isZero();
        assertThat(bantam.out()).contains("\\t").contains("\\n").contains("tokens");
        assertThat(bantam.runIn(bantam.workspace, "piped", "models", "tokenize", MODEL, "--file", "-", "--json"))
                .isZero();
        assertThat(bantam.out()).startsWith("{\"ids\":[");
        assertThat(bantam.run("models", "tokenize", MODEL)).isEqualTo(Exit.USAGE);
        assertThat(bantam.run("models", "tokenize", MODEL, "--file", "absent.txt"))
                .isEqualTo(Exit.FAILED);
        assertThat(bantam.err()).contains("absent.txt does not exist");
    }

    @Test
    void tokenizeNeedsNoMoreOfAFileThanItsTokenizer() throws IOException {
        String vocabulary =
                FIXTURES.resolve("tokenizer-llama-bpe.gguf").toAbsolutePath().toString();
        assertThat(bantam.run("models", "tokenize", vocabulary, "--text", "Hello", "--json"))
                .as(bantam.err())
                .isZero();
        JsonNode plain = JSON.readTree(bantam.out()).get("ids");
        assertThat(bantam.run("models", "tokenize", vocabulary, "--text", "Hello", "--bos", "--json"))
                .as(bantam.err())
                .isZero();
        JsonNode begun = JSON.readTree(bantam.out()).get("ids");
        assertThat(begun).hasSize(plain.size() + 1);
        assertThat(begun.get(begun.size() - 1)).isEqualTo(plain.get(plain.size() - 1));
    }

    @Test
    void showCountsWhatTheModelTakes() throws IOException {
        assertThat(bantam.run("models", "show", MODEL, "--context", "100", "--json"))
                .as(bantam.err())
                .isZero();
        JsonNode shown = JSON.readTree(bantam.out());
        assertThat(shown.get("architecture").asText()).isEqualTo("qwen3moe");
        assertThat(shown.get("quantization").asText()).isEqualTo("F32");
        assertThat(shown.get("file_bytes").asLong()).isEqualTo(Files.size(Path.of(MODEL)));
        assertThat(shown.get("active_bytes").asLong())
                .isPositive()
                .isLessThan(shown.get("file_bytes").asLong());
        assertThat(shown.get("cache_bytes").asLong())
                .isGreaterThanOrEqualTo(100 * shown.get("cache_bytes_per_token").asLong());
        assertThat(shown.get("fits").asBoolean()).isTrue();
        assertThat(shown.get("predicted_tps").asDouble())
                .isGreaterThan(shown.get("predicted_tps_full").asDouble());
        assertThat(bantam.run("models", "show", MODEL)).isZero();
        assertThat(bantam.out())
                .contains("qwen3moe")
                .contains("fits here    yes")
                .contains("1.1 GB for the system and this program")
                .contains("GB/s");
    }

    @Test
    void showSaysThatTheModelsContextIsShorter() throws IOException {
        assertThat(bantam.run("models", "show", MODEL, "--context", "100000000", "--json"))
                .isZero();
        JsonNode shown = JSON.readTree(bantam.out());
        assertThat(shown.get("context")).isEqualTo(shown.get("trained_context"));
        assertThat(bantam.err()).contains("--context 100000000 is more than the model's");
    }

    @Test
    void benchMeasuresWithinAShortContext() throws IOException {
        assertThat(bantam.run("models", "bench", "local/tiny-agent", "-p", "100000", "-n", "2", "-t", "1", "-h"))
                .isZero();
        assertThat(bantam.out()).contains("read_share");
        assertThat(bantam.run("models", "bench", MODEL, "-p", "4", "-n", "2", "-t", "1", "-r", "1", "--json"))
                .as(bantam.err())
                .isZero();
        JsonNode measured = JSON.readTree(bantam.out());
        for (String field : new String[] {"prefill_tps", "decode_tps", "bytes_per_token", "read_gbps", "read_share"}) {
            assertThat(measured.get(field).asDouble()).as(field).isPositive();
        }
        assertThat(measured.get("threads").asInt()).isEqualTo(1);
        assertThat(bantam.err()).isEmpty();
        assertThat(bantam.run("models", "bench", MODEL, "-p", "100000000", "-n", "1", "-r", "1", "-t", "0"))
                .isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).contains("-t must be at least 1");
    }

    @Test
    void aKeptModelHasAShortName() throws IOException {
        Path kept = Files.createDirectories(bantam.data().resolve("models/OWNER/REPO"));
        Files.copy(Path.of(MODEL), kept.resolve("Small-F32.gguf"));

        assertThat(bantam.run("models", "tokenize", "local/small-f32", "--text", "a", "--json"))
                .as(bantam.err())
                .isZero();
        assertThat(bantam.run("models", "ls", "--json")).isZero();
        assertThat(bantam.out()).contains("\"ref\":\"local/Small-F32\"").contains("\"bytes\":7956896");

        Files.createDirectories(bantam.data().resolve("models/other"));
        Files.copy(Path.of(MODEL), bantam.data().resolve("models/other/Small-F32.gguf"));
        assertThat(bantam.run("models", "tokenize", "local/Small-F32", "--text", "a"))
                .isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).contains("local/OWNER/REPO/Small-F32").contains("local/other/Small-F32");
        assertThat(bantam.run("models", "tokenize", "local/other/Small-F32", "--text", "a"))
                .isZero();
    }

    @Test
    void whatIsNoModelFileIsRefused() {
        assertThat(bantam.run("models", "show", "ollama/qwen3")).isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).contains("ollama/qwen3 is no model file").contains("bantam models ls");
        assertThat(bantam.run("models", "show", "local/absent")).isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).contains("bantam models pull");
        assertThat(bantam.run("models", "show", "/absent.gguf")).isEqualTo(Exit.FAILED);
        assertThat(bantam.err()).contains("there is no such file");
        assertThat(bantam.run("models", "show")).isEqualTo(Exit.USAGE);
    }

    private static JsonNode reference() throws IOException {
        return JSON.readTree(FIXTURES.resolve("manifest.json").toFile())
                .get("files")
                .get("qwen3moe-t-F32.gguf")
                .get("prompts")
                .get("p17");
    }

    private static String ids(JsonNode prompt) {
        return prompt.get("ids").toString().replaceAll("[\\[\\]]", "");
    }

    private static float[] floats(String name) throws IOException {
        var buffer = ByteBuffer.wrap(Files.readAllBytes(FIXTURES.resolve(name)))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    private static double nmse(JsonNode printed, float[] reference) {
        assertThat(printed).hasSize(reference.length);
        double error = 0;
        double norm = 0;
        for (int i = 0; i < reference.length; i++) {
            error += Math.pow(printed.get(i).floatValue() - (double) reference[i], 2);
            norm += Math.pow(reference[i], 2);
        }
        return error / norm;
    }
}
