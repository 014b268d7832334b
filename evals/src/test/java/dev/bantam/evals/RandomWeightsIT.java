package dev.bantam.evals;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bantam.engine.Engine;
import dev.bantam.engine.EngineOptions;
import dev.bantam.engine.Model;
import dev.bantam.engine.Progress;
import dev.bantam.engine.Rows;
import dev.bantam.engine.Sequence;
import dev.bantam.engine.gguf.GgufFile;
import dev.bantam.engine.gguf.TensorInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model that says anything at all must do no harm and come to an end. */
class RandomWeightsIT {
    private static final String BOX = "/dev/bantam/model/box/tiny-agent-q8_0.gguf";
    private static final String OUTPUT = "output.weight";
    /** Tokens that open a reply, at most. */
    private static final int HEADER = 4;

    private static final String EMBEDDING = "token_embd.weight";
    private static final Map<String, Set<String>> KNOWN = Map.of(
            "read", Set.of("path", "offset", "limit"),
            "write", Set.of("path", "content"),
            "edit", Set.of("path", "old_text", "new_text", "replace_all"),
            "bash", Set.of("command", "timeout_s"),
            "grep", Set.of("pattern", "path", "glob", "ignore_case", "context"),
            "glob", Set.of("pattern", "path"),
            "ls", Set.of("path"));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void endAtTheTurnCapAndChangeNothing(long seed, @TempDir Path folder) throws Exception {
        Packaged bantam = new Packaged(folder);
        bantam.file("a.py", "LIMIT = 3\n");
        bantam.file("src/B.java", "class B {}\n");
        Map<String, String> before = files(bantam.workspace());
        Path model = bantam.folder().resolve("random.gguf");
        writeRandom(model, seed, false);
        Run run = bantam.run("-p", "Change LIMIT to 5 in a.py.", "-m", model.toString(), "--max-turns", "6", "--json");
        assertThat(run.exit()).as(run.err()).isEqualTo(3);
        EventShape.check(run.events());
        assertThat(run.finished().path("outcome").asText()).isEqualTo("stopped");
        assertThat(run.finished().path("turns").asInt()).isEqualTo(6);
        for (JsonNode started : run.events("tool_started")) {
            assertThat(KNOWN).containsKey(started.path("tool").asText());
            Set<String> given = new TreeSet<>();
            started.path("arguments").fieldNames().forEachRemaining(given::add);
            assertThat(KNOWN.get(started.path("tool").asText())).containsAll(given);
        }
        assertThat(files(bantam.workspace())).isEqualTo(before);
    }

    /** Some of these models never call a tool. */
    @Test
    void callsAreValidAndWhatWasReadIsNotReadAgain(@TempDir Path folder) throws Exception {
        int calls = 0;
        for (long seed : List.of(4L, 5L, 6L, 7L)) {
            calls += validCalls(seed, Files.createDirectory(folder.resolve("seed-" + seed)));
        }
        assertThat(calls).isGreaterThan(5);
    }

    /** How many calls the model of this seed makes, all of which are valid. */
    private static int validCalls(long seed, Path folder) throws Exception {
        Packaged bantam = new Packaged(folder);
        bantam.file("a.py", "LIMIT = 3\n");
        bantam.file("src/B.java", "class B {}\n");
        Path model = bantam.folder().resolve("random.gguf");
        writeRandom(model, seed, true);
        makeLikely(model, Map.of("<tool_call>", 13, "<|im_end|>", 12, "\"", 10));
        Run run = bantam.run(
                "-p",
                "Change LIMIT to 5 in a.py.",
                "-m",
                model.toString(),
                "--tools",
                "read,edit,ls",
                "--max-turns",
                "10",
                "--temperature",
                "1",
                "--seed",
                "" + seed,
                "--set",
                "max-output-tokens=120",
                "--json");
        assertThat(run.exit()).as(run.err()).isIn(0, 1, 3); // 1 after several empty replies
        List<JsonNode> calls = new ArrayList<>();
        run.events("assistant_message")
                .forEach(reply -> reply.path("tool_calls").forEach(calls::add));
        for (JsonNode call : calls) {
            JsonNode arguments = call.path("arguments");
            switch (call.path("tool").asText()) {
                case "read" -> assertThat(arguments.path("path").asText()).isIn("a.py", "src/B.java");
                case "edit" -> {
                    assertThat(arguments.path("path").asText()).isIn("a.py", "src/B.java");
                    assertThat(arguments.path("new_text").isTextual()).isTrue();
                }
                default -> assertThat(call.path("tool").asText()).isEqualTo("ls");
            }
        }
        assertThat(run.events("tool_finished"))
                .as("an edit finds its text, and no schema is broken")
                .noneMatch(
                        result -> result.path("content").asText().matches("(?s).*(does not occur|schema|argument).*"));
        assertPrefixIsReused(run);
        return calls.size();
    }

    /** Of each request that follows a whole reply, what came before needs no reading. */
    private static void assertPrefixIsReused(Run run) throws IOException {
        long earlier = 0;
        for (JsonNode reply : run.events("assistant_message")) {
            JsonNode usage = reply.path("usage");
            assertThat(usage.path("cached").asDouble()).isGreaterThanOrEqualTo(0.99 * earlier);
            boolean whole =
                    Set.of("stop", "tool_calls").contains(reply.path("finish").asText());
            long kept = whole ? usage.path("output").asLong() : -HEADER; // a cut reply is left
            earlier = usage.path("input").asLong() + kept;
        }
    }

    /** Gives some tokens these logits where a reply begins, by scaling their rows of the output, and turning them round. */
    private static void makeLikely(Path file, Map<String, Integer> wanted) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        try (GgufFile header = GgufFile.open(file);
                Model model = Engine.open(file, EngineOptions.defaults())) {
            TensorInfo output = output(header);
            int vocabulary = model.tokenizer().vocabularySize();
            int row = Math.toIntExact(output.bytes() / vocabulary);
            float[] logits = logits(model, "<|im_start|>user\nChange LIMIT.<|im_end|>\n<|im_start|>assistant\n");
            for (int token = 0; token < vocabulary; token++) {
                String text = model.tokenizer().decode(new int[] {token});
                float factor = wanted.containsKey(text) ? Math.clamp(wanted.get(text) / logits[token], -60, 60) : 1;
                int start = Math.toIntExact(output.offset()) + token * row;
                for (int block = start; block < start + row; block += 34) {
                    bytes.putShort(block, Float.floatToFloat16(factor * Float.float16ToFloat(bytes.getShort(block))));
                }
            }
        }
        Files.write(file, bytes.array());
    }

    private static float[] logits(Model model, String text) throws Exception {
        float[] logits = new float[model.tokenizer().vocabularySize()];
        try (Sequence sequence = model.newSequence(64)) {
            sequence.append(model.tokenizer().encode(text, true), Rows.LAST, Progress.NONE);
            sequence.logits(0, logits);
        }
        return logits;
    }

    private static TensorInfo output(GgufFile header) {
        return header.tensors().stream()
                .filter(tensor -> tensor.name().equals(header.hasTensor(OUTPUT) ? OUTPUT : EMBEDDING))
                .findFirst()
                .orElseThrow();
    }

    /**
     * The box's file with its header as it is and other weights: small, finite, and the same for a seed.
     *
     * @param ends whether replies may end by themselves
     */
    private static void writeRandom(Path file, long seed, boolean ends) throws Exception {
        try (InputStream original = RandomWeightsIT.class.getResourceAsStream(BOX)) {
            Files.write(file, original.readAllBytes());
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(seed);
        try (GgufFile header = GgufFile.open(file);
                Model model = Engine.open(file, EngineOptions.defaults())) {
            for (TensorInfo tensor : header.tensors()) {
                bytes.position(Math.toIntExact(tensor.offset()));
                long end = tensor.offset() + tensor.bytes();
                while (bytes.position() < end) {
                    switch (tensor.type()) {
                        case F32 -> bytes.putFloat(0.5f + random.nextFloat());
                        case F16 -> bytes.putShort(Float.floatToFloat16(random.nextFloat() - 0.5f));
                        case Q8_0 -> putBlock(bytes, random);
                    }
                }
            }
            TensorInfo output = output(header);
            int vocabulary = model.tokenizer().vocabularySize();
            int row = Math.toIntExact(output.bytes() / vocabulary);
            for (int token = 0; token < vocabulary; token++) {
                if (!ends
                        && model.tokenizer()
                                .isEndOfGeneration(token)) { // never the likeliest, so no reply ends by itself
                    bytes.put(Math.toIntExact(output.offset()) + token * row, new byte[row]);
                }
            }
        }
        Files.write(file, bytes.array());
    }

    /** A scale and 32 weights. */
    private static void putBlock(ByteBuffer bytes, Random random) {
        byte[] weights = new byte[32];
        random.nextBytes(weights);
        bytes.putShort(Float.floatToFloat16(0.0002f + 0.002f * random.nextFloat()))
                .put(weights);
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (var walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                texts.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }
}
