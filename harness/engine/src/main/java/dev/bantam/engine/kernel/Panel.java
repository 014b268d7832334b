package dev.bantam.engine.kernel;

import static dev.bantam.engine.kernel.Dot.F;
import static dev.bantam.engine.kernel.Dot.LANES;
import static dev.bantam.engine.kernel.Dot.STEP;
import static jdk.incubator.vector.VectorOperators.ADD;

import jdk.incubator.vector.FloatVector;

/** Products of several rows of floats with several tokens, each with the bits that {@link Dot} gives. */
final class Panel {
    static final int PARTIAL = 6 * LANES;

    private Panel() {}

    /**
     * sums[j · stride + r] = w[r · n ..] · x[tokens[j] · n ..] for r &lt; rows and j &lt; count, over n columns.
     *
     * @param partial room for {@link #PARTIAL} floats
     */
    static void multiply(
            float[] w, int rows, float[] x, int n, int[] tokens, int count, float[] sums, int stride, float[] partial) {
        int j = 0;
        for (; j <= count - 3; j += 3) {
            int a = tokens[j] * n;
            int b = tokens[j + 1] * n;
            int c = tokens[j + 2] * n;
            int r = 0;
            for (; r <= rows - 2; r += 2) {
                twoByThree(w, r * n, (r + 1) * n, x, a, b, c, n, sums, j * stride + r, stride, partial);
            }
            if (r < rows) {
                sums[j * stride + r] = Dot.of(w, r * n, x, a, n);
                sums[(j + 1) * stride + r] = Dot.of(w, r * n, x, b, n);
                sums[(j + 2) * stride + r] = Dot.of(w, r * n, x, c, n);
            }
        }
        for (; j < count; j++) {
            for (int r = 0; r < rows; r++) {
                sums[j * stride + r] = Dot.of(w, r * n, x, tokens[j] * n, n);
            }
        }
    }

    private static void twoByThree(
            float[] w,
            int v,
            int u,
            float[] x,
            int a,
            int b,
            int c,
            int n,
            float[] sums,
            int to,
            int stride,
            float[] partial) {
        FloatVector evenA = FloatVector.zero(F);
        FloatVector evenB = evenA;
        FloatVector evenC = evenA;
        FloatVector oddA = evenA;
        FloatVector oddB = evenA;
        FloatVector oddC = evenA;
        FloatVector evenD = evenA;
        FloatVector evenE = evenA;
        FloatVector evenG = evenA;
        FloatVector oddD = evenA;
        FloatVector oddE = evenA;
        FloatVector oddG = evenA;
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector p = FloatVector.fromArray(F, w, v + i);
            FloatVector q = FloatVector.fromArray(F, w, u + i);
            FloatVector y = FloatVector.fromArray(F, x, a + i);
            evenA = p.fma(y, evenA);
            evenD = q.fma(y, evenD);
            y = FloatVector.fromArray(F, x, b + i);
            evenB = p.fma(y, evenB);
            evenE = q.fma(y, evenE);
            y = FloatVector.fromArray(F, x, c + i);
            evenC = p.fma(y, evenC);
            evenG = q.fma(y, evenG);
            p = FloatVector.fromArray(F, w, v + i + LANES);
            q = FloatVector.fromArray(F, w, u + i + LANES);
            y = FloatVector.fromArray(F, x, a + i + LANES);
            oddA = p.fma(y, oddA);
            oddD = q.fma(y, oddD);
            y = FloatVector.fromArray(F, x, b + i + LANES);
            oddB = p.fma(y, oddB);
            oddE = q.fma(y, oddE);
            y = FloatVector.fromArray(F, x, c + i + LANES);
            oddC = p.fma(y, oddC);
            oddG = q.fma(y, oddG);
        }
        evenA.lanewise(ADD, oddA).intoArray(partial, 0);
        evenD.lanewise(ADD, oddD).intoArray(partial, LANES);
        evenB.lanewise(ADD, oddB).intoArray(partial, 2 * LANES);
        evenE.lanewise(ADD, oddE).intoArray(partial, 3 * LANES);
        evenC.lanewise(ADD, oddC).intoArray(partial, 4 * LANES);
        evenG.lanewise(ADD, oddG).intoArray(partial, 5 * LANES);
        sums[to] = Dot.rest(Dot.fold(partial, 0), w, v, x, a, i, n);
        sums[to + 1] = Dot.rest(Dot.fold(partial, LANES), w, u, x, a, i, n);
        sums[to + stride] = Dot.rest(Dot.fold(partial, 2 * LANES), w, v, x, b, i, n);
        sums[to + stride + 1] = Dot.rest(Dot.fold(partial, 3 * LANES), w, u, x, b, i, n);
        sums[to + 2 * stride] = Dot.rest(Dot.fold(partial, 4 * LANES), w, v, x, c, i, n);
        sums[to + 2 * stride + 1] = Dot.rest(Dot.fold(partial, 5 * LANES), w, u, x, c, i, n);
    }
}
