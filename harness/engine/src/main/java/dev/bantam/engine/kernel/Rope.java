package dev.bantam.engine.kernel;

/**
 * Rotary position embedding: pair i of a head turns by pos · base^(-2i/rotated), elements past {@code rotated} stay. Su et
 * al., <a href="https://arxiv.org/abs/2104.09864">RoFormer</a>. The angles of the latest positions are kept, since all
 * layers ask for the same; one caller at a time.
 */
public final class Rope {
    private final Pairing pairing;
    private final double[] frequencies; // (rotated / 2)
    private final double magnitude;
    private final float[] cos; // (batch, rotated / 2)
    private final float[] sin; // (batch, rotated / 2)
    private int preparedPosition;
    private int prepared;

    /** Which elements of a head turn together. */
    public enum Pairing {
        /** Neighbours: 2i and 2i + 1. */
        NORM,
        /** Halves: i and i + rotated/2. */
        NEOX
    }

    /** Turns pair i by {@code frequencies[i]} per position, and multiplies it by {@code magnitude}. */
    public Rope(Pairing pairing, double[] frequencies, double magnitude, int batch) {
        this.pairing = pairing;
        this.frequencies = frequencies.clone();
        this.magnitude = magnitude;
        cos = new float[batch * frequencies.length];
        sin = new float[batch * frequencies.length];
    }

    /**
     * The turns per position of {@code rotated / 2} pairs.
     *
     * @param divisors one a pair, or none
     */
    public static double[] frequencies(int rotated, double base, float[] divisors, RopeScaling scaling) {
        double[] frequencies = new double[rotated / 2];
        for (int i = 0; i < frequencies.length; i++) {
            double divisor = divisors.length == 0 ? 1 : divisors[i];
            frequencies[i] = scaling.frequency(Math.pow(base, -2.0 * i / rotated) / divisor, i, rotated, base);
        }
        return frequencies;
    }

    /** Turns the heads of x (n, heads, width), tokens from {@code position} on. */
    public void rotate(float[] x, int position, int n, int heads, int width) {
        prepare(position, n);
        int pairs = frequencies.length;
        int apart = pairing == Pairing.NORM ? 1 : pairs;
        int step = pairing == Pairing.NORM ? 2 : 1;
        for (int t = 0; t < n; t++) {
            for (int h = 0; h < heads; h++) {
                int at = (t * heads + h) * width;
                for (int i = 0; i < pairs; i++) {
                    int first = at + i * step;
                    float a = x[first];
                    float b = x[first + apart];
                    float c = cos[t * pairs + i];
                    float s = sin[t * pairs + i];
                    x[first] = a * c - b * s;
                    x[first + apart] = a * s + b * c;
                }
            }
        }
    }

    private void prepare(int position, int n) {
        if (position == preparedPosition && n <= prepared) {
            return;
        }
        int pairs = frequencies.length;
        for (int t = 0; t < n; t++) {
            for (int i = 0; i < pairs; i++) {
                double angle = (position + t) * frequencies[i];
                cos[t * pairs + i] = (float) (Math.cos(angle) * magnitude);
                sin[t * pairs + i] = (float) (Math.sin(angle) * magnitude);
            }
        }
        preparedPosition = position;
        prepared = n;
    }
}
