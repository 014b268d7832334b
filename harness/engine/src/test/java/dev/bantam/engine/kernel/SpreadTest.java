package dev.bantam.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void agreesWithThePlainFormula() {
        Random random = new Random(3);
        for (int size : new int[] {1, 7, 8, 1000, 151_936}) {
            float[] logits = new float[size];
            for (int i = 0; i < size; i++) {
                logits[i] = (float) (random.nextGaussian() * 6);
            }
            if (size > 8) {
                logits[3] = Float.NEGATIVE_INFINITY;
            }
            double max = Float.NEGATIVE_INFINITY;
            for (float logit : logits) {
                max = Math.max(max, logit);
            }
            double sum = 0;
            double weighted = 0;
            for (float logit : logits) {
                double weight = Math.exp(logit - max);
                sum += weight;
                weighted += weight == 0 ? 0 : weight * (logit - max);
            }
            Spread spread = Spread.of(logits);
            assertThat((double) spread.logSumExp())
                    .as("seed 3, size " + size)
                    .isCloseTo(max + Math.log(sum), within(1e-4));
            assertThat((double) spread.entropy())
                    .as("seed 3, size " + size)
                    .isCloseTo(Math.log(sum) - weighted / sum, within(1e-4));
        }
    }

    @Test
    void aSureModelHasNoEntropy() {
        float[] logits = new float[100];
        logits[42] = 80;
        assertThat(Spread.of(logits).entropy()).isCloseTo(0, within(1e-6f));
    }
}
