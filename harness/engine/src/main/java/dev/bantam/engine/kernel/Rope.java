package dev.bantam.engine.kernel;

/**
 * Rotary position embedding in the NEOX pairing: element i turns with element i + rotated/2 by pos · base^(-2i/rotated);
 * elements past {@code rotated} stay. Su et al., <a href="https://arxiv.org/abs/2104.09864">RoFormer</a>.
 */
public final class Rope {
    private final double[] frequencies; // (rotated / 2)
    private final float[] cos; // (batch, rotated / 2)
    private final float[] sin; // (batch, rotated / 2)

    public Rope(int rotated, float base, int batch) {
        frequencies = new double[rotated / 2];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = Math.pow(base, -2.0 * i / rotated);
        }
        cos = new float[batch * frequencies.length];
        sin = new float[batch * frequencies.length];
    }

    /** Prepares the angles of {@code n} tokens from {@code position} on. */
    public void positions(int position, int n) {
        int half = frequencies.length;
        for (int t = 0; t < n; t++) {
            for (int i = 0; i < half; i++) {
                double angle = (position + t) * frequencies[i];
                cos[t * half + i] = (float) Math.cos(angle);
                sin[t * half + i] = (float) Math.sin(angle);
            }
        }
    }

    /** Turns the heads of x (n, heads, width) by the prepared angles. */
    public void rotate(float[] x, int n, int heads, int width) {
        int half = frequencies.length;
        for (int t = 0; t < n; t++) {
            for (int h = 0; h < heads; h++) {
                int at = (t * heads + h) * width;
                for (int i = 0; i < half; i++) {
                    float a = x[at + i];
                    float b = x[at + i + half];
                    float c = cos[t * half + i];
                    float s = sin[t * half + i];
                    x[at + i] = a * c - b * s;
                    x[at + i + half] = a * s + b * c;
                }
            }
        }
    }
}
