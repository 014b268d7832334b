package dev.bantam.engine.kernel;

/** How rotary embeddings reach further than the context that a model was first trained for. */
public sealed interface RopeScaling {
    RopeScaling NONE = new Linear(1);

    /** What the rotation of a pair that turns by {@code frequency} per position becomes, for each pair of {@code rotated / 2}. */
    double frequency(double frequency, int pair, int rotated, double base);

    /** What the rotated elements are multiplied by. */
    double magnitude();

    /** Positions move closer together: Chen et al., <a href="https://arxiv.org/abs/2306.15595">Position Interpolation</a>. */
    record Linear(double factor) implements RopeScaling {
        @Override
        public double frequency(double frequency, int pair, int rotated, double base) {
            return frequency / factor;
        }

        @Override
        public double magnitude() {
            return 1;
        }
    }

    /**
     * Slow pairs are interpolated, fast ones are not, those between are blended:
     * Peng et al., <a href="https://arxiv.org/abs/2309.00071">YaRN</a>.
     *
     * @param originalTokens the context length of the first training
     * @param extrapolation how much of the blending is done, usually 1
     * @param fastTurns a pair that makes more turns than this within the original context is left alone, usually 32
     * @param slowTurns one that makes fewer is interpolated wholly, usually 1
     */
    record Yarn(double factor, int originalTokens, double extrapolation, double fastTurns, double slowTurns)
            implements RopeScaling {
        @Override
        public double frequency(double frequency, int pair, int rotated, double base) {
            double low = Math.max(0, Math.floor(pairOf(fastTurns, rotated, base)));
            double high = Math.min(rotated - 1, Math.ceil(pairOf(slowTurns, rotated, base)));
            double ramp = Math.clamp((pair - low) / Math.max(0.001, high - low), 0, 1);
            double kept = (1 - ramp) * extrapolation;
            return frequency / factor * (1 - kept) + frequency * kept;
        }

        @Override
        public double magnitude() {
            return extrapolation == 0 ? 1 : 1 + 0.1 * Math.log(factor);
        }

        /** The pair that makes so many turns within the original context. */
        private double pairOf(double turns, int rotated, double base) {
            return rotated * Math.log(originalTokens / (turns * 2 * Math.PI)) / (2 * Math.log(base));
        }
    }
}
