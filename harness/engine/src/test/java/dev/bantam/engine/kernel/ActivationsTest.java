package dev.bantam.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class ActivationsTest {
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void givesTheExponentialToSevenDigitsAndTheSameBitsInEveryLane() {
        float[] lanes = new float[Dot.LANES];
        for (int round = 0; round < 20_000; round++) {
            for (int i = 0; i < lanes.length; i++) {
                lanes[i] = (float) (random.nextGaussian() * 30);
            }
            float[] results = new float[lanes.length];
            Exponential.of(FloatVector.fromArray(Dot.F, lanes, 0)).intoArray(results, 0);
            for (int i = 0; i < lanes.length; i++) {
                double exact = Math.exp(Math.clamp(lanes[i], -87f, 87f));
                assertThat(results[i])
                        .as("e^%s, seed %d", lanes[i], seed)
                        .isEqualTo(Exponential.of(lanes[i]))
                        .isCloseTo((float) exact, within((float) (exact * 3e-7)));
            }
        }
    }

    @Test
    void staysFiniteAtTheEnds() {
        assertThat(Exponential.of(Float.NEGATIVE_INFINITY)).isBetween(0f, 1e-37f);
        assertThat(Exponential.of(Float.POSITIVE_INFINITY)).isBetween(1e37f, Float.MAX_VALUE);
        assertThat(Exponential.of(Float.NaN)).isNaN();
        assertThat(Exponential.of(0f)).isEqualTo(1);
        assertThat(Activations.silu(-1000)).isCloseTo(0, within(1e-30f));
        assertThat(Activations.silu(1000)).isEqualTo(1000);
    }

    @Test
    void doesTheSameToOneValueAndToMany() {
        float[] x = draw(3 * Dot.STEP + 5);
        float[] z = draw(x.length);
        float[] silu = x.clone();
        Activations.silu(silu, 0, x.length);
        float[] bySilu = x.clone();
        Activations.multiplyBySilu(bySilu, z, x.length);
        float[] bySigmoid = x.clone();
        Activations.multiplyBySigmoid(bySigmoid, z, x.length);
        for (int i = 0; i < x.length; i++) {
            assertThat(silu[i]).as("seed %d", seed).isEqualTo(Activations.silu(x[i]));
            assertThat(bySilu[i]).as("seed %d", seed).isEqualTo(x[i] * Activations.silu(z[i]));
            assertThat(bySigmoid[i]).as("seed %d", seed).isEqualTo(x[i] * Activations.sigmoid(z[i]));
        }
    }

    @Test
    void turnsLogitsIntoProbabilities() {
        float[] logits = draw(2 * Dot.STEP + 7);
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        float[] p = new float[logits.length + 2];
        System.arraycopy(logits, 0, p, 1, logits.length);
        Activations.softmax(p, 1, logits.length);
        for (int i = 0; i < logits.length; i++) {
            double exact = Math.exp(logits[i]) / sum;
            assertThat((double) p[i + 1]).as("seed %d", seed).isCloseTo(exact, within(exact * 2e-6));
        }
        assertThat(p[0]).isZero();
        assertThat(p[p.length - 1]).isZero();
    }

    private float[] draw(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian() * 4;
        }
        return values;
    }
}
