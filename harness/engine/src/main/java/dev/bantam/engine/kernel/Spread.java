package dev.bantam.engine.kernel;

import static dev.bantam.engine.kernel.Dot.F;
import static dev.bantam.engine.kernel.Dot.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * How logits spread.
 *
 * @param logSumExp natural logarithm of the sum of their exponentials
 * @param entropy of the distribution, in nats
 */
public record Spread(float logSumExp, float entropy) {
    /** Sums of so many vectors are taken in floats before they are added up in doubles. */
    private static final int RUN = 128;

    /** Of all logits, one of which at least is a number. */
    public static Spread of(float[] logits) {
        float max = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        double sum = 0;
        double weighted = 0;
        int whole = logits.length - logits.length % LANES;
        for (int from = 0; from < whole; ) {
            int to = Math.min(whole, from + RUN * LANES);
            FloatVector weights = FloatVector.zero(F);
            FloatVector products = FloatVector.zero(F);
            for (; from < to; from += LANES) {
                FloatVector below = FloatVector.fromArray(F, logits, from)
                        .sub(max)
                        .max(-87); // no infinity: it would be multiplied by 0
                FloatVector weight = Exponential.orZero(below);
                weights = weights.add(weight);
                products = weight.fma(below, products);
            }
            sum += Dot.sum(weights, FloatVector.zero(F));
            weighted += Dot.sum(products, FloatVector.zero(F));
        }
        for (int i = whole; i < logits.length; i++) {
            float below = Math.max(-87, logits[i] - max);
            float weight = Exponential.of(below);
            sum += weight;
            weighted += weight * below;
        }
        double log = Math.log(sum);
        return new Spread((float) (max + log), (float) (log - weighted / sum));
    }
}
