package dev.bantam.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DeltaRuleTest {
    private static final int SIZE = 2 * Dot.LANES + 3;

    @Test
    void readsBackWhatItHasStored() {
        float[] memory = apply(new float[SIZE * SIZE], unit(2), unit(2), values(1), 1, 1, values(1));
        memory = apply(memory, unit(5), unit(5), values(2), 1, 1, values(2));
        memory = apply(memory, unit(2), unit(2), values(3), 1, 1, values(3));
        apply(memory, unit(5), unit(0), values(0), 1, 0, values(2));
    }

    @Test
    void forgetsByTheDecayBeforeItReads() {
        float[] memory = apply(new float[SIZE * SIZE], unit(2), unit(2), values(1), 1, 1, values(1));
        float[] halved = between(new float[SIZE], values(1));
        apply(memory.clone(), unit(2), unit(2), values(7), 0.5f, 0, halved);
        apply(memory, unit(2), unit(2), values(7), 0.5f, 0.5f, between(halved, values(7)));
    }

    private static float[] apply(
            float[] memory, float[] q, float[] k, float[] v, float alpha, float beta, float[] expected) {
        float[] qkv = new float[3 * SIZE];
        System.arraycopy(q, 0, qkv, 0, SIZE);
        System.arraycopy(k, 0, qkv, SIZE, SIZE);
        System.arraycopy(v, 0, qkv, 2 * SIZE, SIZE);
        float[] out = new float[SIZE];
        try (Workers workers = new Workers(1)) {
            DeltaRule rule = new DeltaRule(workers, 1, new int[] {0}, SIZE);
            assertThat(rule.memory()).isEqualTo(memory.length);
            rule.apply(memory, qkv, 1, new float[] {alpha}, new float[] {beta}, out);
        }
        assertThat(out).containsExactly(expected, within(1e-6f));
        return memory;
    }

    private static float[] unit(int at) {
        float[] unit = new float[SIZE];
        unit[at] = 1;
        return unit;
    }

    private static float[] values(int seed) {
        float[] values = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            values[i] = seed * 1.5f + i;
        }
        return values;
    }

    private static float[] between(float[] a, float[] b) {
        float[] between = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            between[i] = (a[i] + b[i]) / 2;
        }
        return between;
    }
}
