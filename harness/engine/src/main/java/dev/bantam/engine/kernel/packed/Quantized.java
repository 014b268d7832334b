package dev.bantam.engine.kernel.packed;

/**
 * Activations of a batch, rounded to signed bytes: each 32 columns of a token have a scale, their largest magnitude / 127.
 * Reused from product to product.
 */
public final class Quantized {
    /** Adding it leaves a float's fraction rounded to a whole number, ties to even, in its lowest bits. */
    private static final float ROUND = 0x1.8p23f;

    private static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);

    int[] pairs = new int[0]; // (n, columns / 2): columns 2 i (lower half) and 2 i + 1 (upper half)
    float[] scales = new float[0]; // (n, blocks)
    float[] sums = new float[0]; // (n, blocks): scale · Σ
    int[] starts4 = new int[0]; // (n, blocks) and one more: -8 · Σ of even and odd columns, as in pairs
    int[] starts5 = new int[0]; // likewise, -16 · Σ
    int[] starts6 = new int[0]; // (n, blocks, 2) and one more: -32 · Σ of 16 columns
    private int blocks;

    /** Makes room for {@code n} tokens; before {@link #set}. */
    public void reserve(int n, int columns) {
        blocks = columns / 32;
        int count = n * blocks;
        if (scales.length < count) {
            pairs = new int[16 * count];
            scales = new float[count];
            sums = new float[count];
            starts4 = new int[count + 1];
            starts5 = new int[count + 1];
            starts6 = new int[2 * count + 1];
        }
    }

    /** Takes the token {@code token} from x[at ..]; tokens may be set by several threads at once. */
    public void set(int token, float[] x, int at) {
        for (int b = 0; b < blocks; b++) {
            quantize(x, at + 32 * b, token * blocks + b);
        }
    }

    int block(int token, int chunk) {
        return token * blocks + Lanes.CHUNK * chunk;
    }

    int blocks() {
        return blocks;
    }

    private void quantize(float[] x, int at, int block) {
        float max = largest(x, at);
        float inverse = max > 0 ? 127 / max : 0;
        float scale = max / 127;
        int even = 0;
        int odd = 0;
        for (int i = 0; i < 16; i++) {
            int a = Float.floatToRawIntBits(x[at + 2 * i] * inverse + ROUND) - ROUND_BITS;
            int b = Float.floatToRawIntBits(x[at + 2 * i + 1] * inverse + ROUND) - ROUND_BITS;
            pairs[16 * block + i] = a & 0xffff | b << 16;
            even += a;
            odd += b;
            if (i == 7) {
                starts6[2 * block] = pair(-32 * even, -32 * odd);
                starts6[2 * block + 1] = pair(32 * even, 32 * odd);
            }
        }
        starts6[2 * block + 1] =
                pair((short) starts6[2 * block + 1] - 32 * even, (starts6[2 * block + 1] >> 16) - 32 * odd);
        starts4[block] = pair(-8 * even, -8 * odd);
        starts5[block] = pair(-16 * even, -16 * odd);
        scales[block] = scale;
        sums[block] = scale * (even + odd);
    }

    private static int pair(int even, int odd) {
        return even & 0xffff | odd << 16;
    }

    /** The largest magnitude of 32 values, found by their bits: those of positive floats are in order. */
    private static float largest(float[] x, int at) {
        int max = 0;
        for (int i = 0; i < 32; i++) {
            max = Math.max(max, Float.floatToRawIntBits(x[at + i]) & 0x7fff_ffff);
        }
        return Float.intBitsToFloat(max);
    }
}
