package dev.bantam.engine;

/**
 * How logits spread.
 *
 * @param logSumExp natural logarithm of the sum of their exponentials
 * @param entropy of the distribution, in nats
 */
record Spread(float logSumExp, float entropy) {
    /** Logits so far below the largest change neither figure by more than a hundred-thousandth, however many they are. */
    private static final float NEGLIGIBLE = 26;

    static Spread of(float[] logits) {
        float max = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        double sum = 0;
        double weighted = 0;
        for (float logit : logits) {
            float below = logit - max;
            if (below > -NEGLIGIBLE) {
                double weight = Math.exp(below);
                sum += weight;
                weighted += weight * below;
            }
        }
        double log = Math.log(sum);
        return new Spread((float) (max + log), (float) (log - weighted / sum));
    }
}
