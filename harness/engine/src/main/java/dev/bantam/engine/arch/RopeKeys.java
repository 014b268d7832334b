package dev.bantam.engine.arch;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.kernel.Rope;
import dev.bantam.engine.kernel.RopeScaling;
import java.util.Arrays;

/** The keys {@code rope.*} of a model file, and the tensor {@code rope_freqs}. */
final class RopeKeys {
    private RopeKeys() {}

    /** Reads the rotation for heads of {@code headWidth} elements. */
    static Rope read(ModelSource model, Rope.Pairing pairing, int headWidth) throws ModelFileException {
        int rotated = model.integer("rope.dimension_count", 2, headWidth, headWidth);
        model.require(rotated % 2 == 0, "rope.dimension_count", rotated, "an even number");
        requireTextSections(model, rotated / 2);
        Tensors w = model.tensors();
        float[] divisors = w.has("rope_freqs.weight") ? w.vector("rope_freqs.weight", rotated / 2) : new float[0];
        RopeScaling scaling = scaling(model);
        double[] frequencies = Rope.frequencies(rotated, model.positive("rope.freq_base", 10_000), divisors, scaling);
        double magnitude = scaling.magnitude() * model.positive("rope.scaling.attn_factor", 1);
        return new Rope(pairing, frequencies, magnitude, model.batch());
    }

    private static RopeScaling scaling(ModelSource model) throws ModelFileException {
        String type = model.string("rope.scaling.type").orElse("linear");
        float before = model.positive("rope.scale_linear", 1); // the key's name in older files
        float factor = model.positive("rope.scaling.factor", before);
        return switch (type) {
            case "none" -> RopeScaling.NONE;
            case "linear" -> new RopeScaling.Linear(factor);
            case "yarn" ->
                new RopeScaling.Yarn(
                        factor,
                        model.integer("rope.scaling.original_context_length", 1, 1 << 24, model.contextTokens()),
                        model.positive("rope.scaling.yarn_ext_factor", 1),
                        model.positive("rope.scaling.yarn_beta_fast", 32),
                        model.positive("rope.scaling.yarn_beta_slow", 1));
            default -> throw model.wrong("rope.scaling.type", "'" + type + "'", "none, linear or yarn");
        };
    }

    /**
     * Where pairs are dealt out to time, height and width in turn, a text's tokens have the same position in all three, so
     * that the sections do not matter as long as they leave no pair out.
     */
    private static void requireTextSections(ModelSource model, int pairs) throws ModelFileException {
        int[] sections = model.integers("rope.dimension_sections");
        if (sections.length == 0) {
            return;
        }
        for (int pair = 0; pair < pairs; pair++) {
            int kind = pair % 3;
            model.require(
                    kind < sections.length && pair < 3L * sections[kind],
                    "rope.dimension_sections",
                    Arrays.toString(sections),
                    "sections that cover all " + pairs + " pairs");
        }
    }
}
