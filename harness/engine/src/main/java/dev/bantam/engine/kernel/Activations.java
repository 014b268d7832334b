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
}
