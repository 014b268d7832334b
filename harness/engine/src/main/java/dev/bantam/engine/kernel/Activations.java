package dev.bantam.engine.kernel;

/** Elementwise and row operations of transformer layers, on n rows of one width. */
public final class Activations {
    private Activations() {}

    /** out = x · w / sqrt(mean(x²) + eps), for each of {@code n} rows of w.length; {@code out} may be {@code x}. */
    public static void rmsNorm(float[] x, int n, float[] w, float eps, float[] out) {
        for (int t = 0; t < n; t++) {
            int at = t * w.length;
            double squares = 0;
            for (int i = 0; i < w.length; i++) {
                squares += (double) x[at + i] * x[at + i];
            }
            float scale = (float) (1 / Math.sqrt(squares / w.length + eps));
            for (int i = 0; i < w.length; i++) {
                out[at + i] = x[at + i] * scale * w[i];
            }
        }
    }

    /** Turns x[at .. at + n) into probabilities. */
    public static void softmax(float[] x, int at, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            max = Math.max(max, x[at + i]);
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            x[at + i] = (float) Math.exp(x[at + i] - max);
            sum += x[at + i];
        }
        float scale = (float) (1 / sum);
        for (int i = 0; i < n; i++) {
            x[at + i] *= scale;
        }
    }

    /** z · sigmoid(z). */
    public static float silu(float z) {
        return (float) (z / (1 + Math.exp(-z)));
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

    /** 1 / (1 + e^-z). */
    public static float sigmoid(float z) {
        return (float) (1 / (1 + Math.exp(-z)));
    }

    /** x[0 .. n) *= silu(z[0 .. n)). */
    public static void multiplyBySilu(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            x[i] *= silu(z[i]);
        }
    }

    /** x[0 .. n) *= sigmoid(z[0 .. n)). */
    public static void multiplyBySigmoid(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            x[i] *= sigmoid(z[i]);
        }
    }

    /** x[at .. at + n) *= scale / max(|x|, eps), |x| being its Euclidean norm. */
    public static void l2Norm(float[] x, int at, int n, float eps, double scale) {
        double squares = 0;
        for (int i = 0; i < n; i++) {
            squares += (double) x[at + i] * x[at + i];
        }
        float by = (float) (scale / Math.max(Math.sqrt(squares), eps));
        for (int i = 0; i < n; i++) {
            x[at + i] *= by;
        }
    }

    /** x[0 .. n) = silu(x[0 .. n)). */
    public static void silu(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = silu(x[i]);
        }
    }

    /** ln(1 + e^z). */
    public static float softplus(float z) {
        return z > 20 ? z : (float) Math.log1p(Math.exp(z));
    }
}
