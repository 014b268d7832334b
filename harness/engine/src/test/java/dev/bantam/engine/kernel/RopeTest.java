package dev.bantam.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RopeTest {
    private static final double BASE = 10_000;
    private static final float[] NO_DIVISORS = {};

    @Test
    void turnsNeighboursOrHalves() {
        float[] head = {1, 2, 3, 4};
        double first = 5;
        double second = 5 * Math.pow(BASE, -0.5);
        assertThat(rotated(Rope.Pairing.NORM, head, 5, 4, RopeScaling.NONE))
                .containsExactly(
                        turned(1, 2, first)[0],
                        turned(1, 2, first)[1],
                        turned(3, 4, second)[0],
                        turned(3, 4, second)[1]);
        assertThat(rotated(Rope.Pairing.NEOX, head, 5, 4, RopeScaling.NONE))
                .containsExactly(
                        turned(1, 3, first)[0],
                        turned(2, 4, second)[0],
                        turned(1, 3, first)[1],
                        turned(2, 4, second)[1]);
    }

    @Test
    void leavesTheElementsPastTheRotatedOnes() {
        float[] turned = rotated(Rope.Pairing.NEOX, new float[] {1, 2, 3, 4, 5, 6}, 9, 2, RopeScaling.NONE);
        assertThat(turned).endsWith(3, 4, 5, 6);
        assertThat(turned).startsWith(turned(1, 2, 9));
    }

    @Test
    void bringsPositionsCloserByALinearFactor() {
        float[] head = {1, 2, 3, 4};
        assertThat(rotated(Rope.Pairing.NEOX, head, 12, 4, new RopeScaling.Linear(4)))
                .containsExactly(rotated(Rope.Pairing.NEOX, head, 3, 4, RopeScaling.NONE));
    }

    @Test
    void keepsFastPairsAndInterpolatesSlowOnesWithYarn() {
        RopeScaling yarn = new RopeScaling.Yarn(4, 4096, 1, 32, 1);
        double[] plain = Rope.frequencies(128, BASE, NO_DIVISORS, RopeScaling.NONE);
        double[] scaled = Rope.frequencies(128, BASE, NO_DIVISORS, yarn);
        // The pairs that turn 32 times and once within 4096 positions are the 21st and the 46th, rounded outwards.
        assertThat(scaled[20]).isEqualTo(plain[20]);
        assertThat(scaled[21]).isBetween(plain[21] / 4, Math.nextDown(plain[21]));
        assertThat(scaled[33]).isCloseTo(plain[33] * (0.5 + 0.5 / 4), within(plain[33] * 0.03));
        assertThat(scaled[46]).isEqualTo(plain[46] / 4);
        assertThat(yarn.magnitude()).isCloseTo(1.1386294, within(1e-6));
    }

    @Test
    void slowsEachPairByItsDivisor() {
        double[] plain = Rope.frequencies(8, BASE, NO_DIVISORS, RopeScaling.NONE);
        assertThat(Rope.frequencies(8, BASE, new float[] {1, 2, 4, 8}, RopeScaling.NONE))
                .containsExactly(plain[0], plain[1] / 2, plain[2] / 4, plain[3] / 8);
    }

    private static float[] rotated(Rope.Pairing pairing, float[] head, int position, int rotated, RopeScaling scaling) {
        float[] x = head.clone();
        double[] frequencies = Rope.frequencies(rotated, BASE, NO_DIVISORS, scaling);
        new Rope(pairing, frequencies, scaling.magnitude(), 1).rotate(x, position, 1, 1, x.length);
        return x;
    }

    private static float[] turned(float a, float b, double angle) {
        float cos = (float) Math.cos(angle);
        float sin = (float) Math.sin(angle);
        return new float[] {a * cos - b * sin, a * sin + b * cos};
    }
}
