package dev.bantam.evals.speed;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A random model of the benchmark: a shape, and the types that llama.cpp's quantizer would give its weights. */
record BenchModel(String shapeName, Shape shape, Mix mix) {
    enum Mix {
        Q4_0,
        Q4_K_M,
        Q8_0
    }

    private static final int VOCABULARY = 32_000;
    private static final Shape DENSE =
            new Shape("llama", VOCABULARY, 2048, 22, 32, 4, 64, 5632, 0, 0, Optional.empty());
    private static final Shape MIXTRAL =
            new Shape("llama", VOCABULARY, 1024, 12, 16, 4, 64, 3584, 8, 2, Optional.empty());
    private static final Shape QWEN3 =
            new Shape("qwen3moe", VOCABULARY, 1024, 16, 16, 4, 128, 256, 64, 8, Optional.empty());
    private static final Shape QWEN35 = new Shape(
            "qwen35moe",
            VOCABULARY,
            1024,
            16,
            8,
            2,
            256,
            256,
            64,
            8,
            Optional.of(new Shape.Delta(128, 8, 16, 4, 256, 64)));

    static List<BenchModel> all() {
        return Stream.of(
                        models("dense-1b", DENSE, Mix.Q4_0, Mix.Q4_K_M),
                        models("mixtral-1b", MIXTRAL, Mix.Q4_0, Mix.Q4_K_M),
                        models("qwen3moe-1b", QWEN3, Mix.Q4_K_M, Mix.Q8_0),
                        models("qwen35moe-1b", QWEN35, Mix.Q4_K_M, Mix.Q8_0))
                .flatMap(models -> models)
                .toList();
    }

    /** One of these, or its tiny form. */
    static BenchModel named(String name) {
        return all().stream()
                .flatMap(model -> Stream.of(model, model.tiny()))
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no benchmark model " + name));
    }

    private static Stream<BenchModel> models(String name, Shape shape, Mix... mixes) {
        return Stream.of(mixes).map(mix -> new BenchModel(name, shape, mix));
    }

    String name() {
        return shapeName + "-" + mix;
    }

    BenchModel tiny() {
        return new BenchModel(shapeName.replace("1b", "tiny"), shape.tiny(), mix);
    }

    /** The type of a matrix, by its name without the layer: the rules of llama.cpp's quantizer. */
    WeightType type(String name, int layer) {
        return switch (mix) {
            case Q8_0 -> WeightType.Q8_0;
            case Q4_0 ->
                switch (name) {
                    case "output" -> WeightType.Q6_K;
                    case "attn_k", "attn_v" -> shape.experts() > 0 ? WeightType.Q8_0 : WeightType.Q4_0;
                    default -> WeightType.Q4_0;
                };
            case Q4_K_M ->
                switch (name) {
                    case "output" -> WeightType.Q6_K;
                    case "attn_k" -> shape.experts() > 0 ? WeightType.Q8_0 : WeightType.Q4_K;
                    case "attn_v" -> shape.experts() > 0 ? WeightType.Q8_0 : better(layer);
                    case "attn_output" -> shape.experts() > 0 ? WeightType.Q5_K : WeightType.Q4_K;
                    case "ffn_down", "ffn_down_exps", "ffn_down_shexp" -> better(layer);
                    default -> WeightType.Q4_K;
                };
        };
    }

    /** The first and the last eighth of the layers, and every third between, keep six bits. */
    private WeightType better(int layer) {
        int layers = shape.layers();
        boolean more = layer < layers / 8 || layer >= 7 * layers / 8 || (layer - layers / 8) % 3 == 2;
        return more ? WeightType.Q6_K : WeightType.Q4_K;
    }
}
