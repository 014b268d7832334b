package dev.bantam.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;

/** Model files with expected values. The tests run in the module's folder, as Maven runs them. */
public final class Fixtures {
    public static final Path FOLDER = Path.of("src/test/resources/fixtures");
    public static final Path F32 = FOLDER.resolve("qwen3moe-t-F32.gguf");
    public static final Path Q8_0 = FOLDER.resolve("qwen3moe-t-Q8_0.gguf");
    /** The small model that is shipped with the program; its home is the model module. */
    public static final Path TINY_AGENT =
            Path.of("../model/src/main/resources/dev/bantam/model/box/tiny-agent-q8_0.gguf");

    /** All in floats, as the reference has it. */
    public static final EngineOptions EXACT =
            EngineOptions.defaults().withCacheType(CacheType.F32).withPrecision(Precision.EXACT);

    private static final ObjectMapper JSON = new ObjectMapper();

    private Fixtures() {}

    public static Model open(Path file) {
        return open(file, EXACT);
    }

    public static Model open(Path file, EngineOptions options) {
        try {
            return Engine.open(file, options);
        } catch (ModelFileException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static JsonNode json(String name) {
        try {
            return JSON.readTree(FOLDER.resolve(name).toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static JsonNode entry(Path file) {
        return json("manifest.json").get("files").get(file.getFileName().toString());
    }

    public static int[] ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::intValue)
                .toArray();
    }

    public static float[] floats(String name) {
        try {
            var buffer = ByteBuffer.wrap(Files.readAllBytes(FOLDER.resolve(name)))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
            float[] values = new float[buffer.remaining()];
            buffer.get(values);
            return values;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Σ (a - reference)² / Σ reference². */
    public static double nmse(float[] a, float[] reference) {
        double error = 0;
        double norm = 0;
        for (int i = 0; i < reference.length; i++) {
            error += Math.pow((double) a[i] - reference[i], 2);
            norm += Math.pow(reference[i], 2);
        }
        return error / norm;
    }

    /** The logits after the last of {@code tokens}, appended to {@code sequence}. */
    public static float[] append(Sequence sequence, Model model, int... tokens) throws InterruptedException {
        sequence.append(tokens, Rows.LAST, Progress.NONE);
        return logits(sequence, model, 0);
    }

    public static float[] logits(Sequence sequence, Model model, int row) {
        float[] logits = new float[model.facts().vocabularySize()];
        sequence.logits(row, logits);
        return logits;
    }
}
