package dev.bantam.engine.kernel;

import static dev.bantam.engine.kernel.Dot.F;
import static dev.bantam.engine.kernel.Dot.LANES;
import static dev.bantam.engine.kernel.Dot.STEP;

import jdk.incubator.vector.FloatVector;

/** Elementwise and row operations of transformer layers. A row's results do not depend on the rows around it. */
public final class Activations {
    private Activations() {}

    /** out = x · w / sqrt(mean(x²) + eps), for each of {@code n} rows of w.length; {@code out} may be {@code x}. */
    public static void rmsNorm(float[] x, int n, float[] w, float eps, float[] out) {
        for (int t = 0; t < n; t++) {
            int at = t * w.length;
            float scale = (float) (1 / Math.sqrt((double) squares(x, at, w.length) / w.length + eps));
            for (int i = 0; i < w.length; i++) {
                out[at + i] = x[at + i] * scale * w[i];
            }
        }
    }

    /** x[at .. at + n) *= scale / max(|x|, eps), |x| being its Euclidean norm. */
    public static void l2Norm(float[] x, int at, int n, float eps, double scale) {
        float by = (float) (scale / Math.max(Math.sqrt(squares(x, at, n)), eps));
        for (int i = 0; i < n; i++) {
            x[at + i] *= by;
        }
    }

    private static float squares(float[] x, int at, int n) {
        FloatVector even = FloatVector.zero(F);
        FloatVector odd = FloatVector.zero(F);
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector first = FloatVector.fromArray(F, x, at + i);
            FloatVector second = FloatVector.fromArray(F, x, at + i + LANES);
            even = first.fma(first, even);
            odd = second.fma(second, odd);
        }
        float sum = Dot.sum(even, odd);
        for (; i < n; i++) {
            sum = Math.fma(x[at + i], x[at + i], sum);
        }
        return sum;
    }

    /** Turns x[at .. at + n) into probabilities. */
    public static void softmax(float[] x, int at, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            max = Math.max(max, x[at + i]);
        }
        FloatVector even = FloatVector.zero(F);
        FloatVector odd = FloatVector.zero(F);
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector first =
                    Exponential.of(FloatVector.fromArray(F, x, at + i).sub(max));
            FloatVector second =
                    Exponential.of(FloatVector.fromArray(F, x, at + i + LANES).sub(max));
            first.intoArray(x, at + i);
            second.intoArray(x, at + i + LANES);
            even = even.add(first);
            odd = odd.add(second);
        }
        float sum = Dot.sum(even, odd);
        for (; i < n; i++) {
            x[at + i] = Exponential.of(x[at + i] - max);
            sum += x[at + i];
        }
        float scale = 1 / sum;
        for (int j = 0; j < n; j++) {
            x[at + j] *= scale;
        }
    }

    /** 1 / (1 + e^-z). */
    public static float sigmoid(float z) {
        return 1 / (1 + Exponential.of(-z));
    }

    /** z · sigmoid(z). */
    public static float silu(float z) {
        return z / (1 + Exponential.of(-z));
    }

    /** ln(1 + e^z). */
    public static float softplus(float z) {
        return z > 20 ? z : (float) Math.log1p(Math.exp(z));
    }

    /** x[at .. at + n) = silu(x[at .. at + n)). */
    public static void silu(float[] x, int at, int n) {
        int i = at;
        for (; i <= at + n - LANES; i += LANES) {
            FloatVector z = FloatVector.fromArray(F, x, i);
            z.div(onePlusExponential(z)).intoArray(x, i);
        }
        for (; i < at + n; i++) {
            x[i] = silu(x[i]);
        }
    }

    /** x[0 .. n) *= silu(z[0 .. n)). */
    public static void multiplyBySilu(float[] x, float[] z, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector v = FloatVector.fromArray(F, z, i);
            FloatVector.fromArray(F, x, i).mul(v.div(onePlusExponential(v))).intoArray(x, i);
        }
        for (; i < n; i++) {
            x[i] *= silu(z[i]);
        }
    }

    /** x[0 .. n) *= sigmoid(z[0 .. n)). */
    public static void multiplyBySigmoid(float[] x, float[] z, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector sigmoid = FloatVector.broadcast(F, 1).div(onePlusExponential(FloatVector.fromArray(F, z, i)));
            FloatVector.fromArray(F, x, i).mul(sigmoid).intoArray(x, i);
        }
        for (; i < n; i++) {
            x[i] *= sigmoid(z[i]);
        }
    }

    /** 1 + e^-z. */
    private static FloatVector onePlusExponential(FloatVector z) {
        return Exponential.of(z.neg()).add(1);
    }

    /** x[0 .. n) += y[0 .. n). */
    public static void add(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            x[i] += y[i];
        }
    }

    /** x[t] += bias for each of {@code n} rows of bias.length; an empty bias adds nothing. */
    public static void addToRows(float[] x, int n, float[] bias) {
        for (int t = 0; t < n; t++) {
            for (int i = 0; i < bias.length; i++) {
                x[t * bias.length + i] += bias[i];
            }
        }
    }
}
