package dev.bantam.engine.kernel.packed;

/**
 * Activations of a batch, rounded to signed bytes: each 32 columns of a token have a scale, their largest magnitude / 127.
 * What the products with weights of four, five, six and eight bits need of them is laid out for each apart, where it is
 * asked for. Reused from product to product.
 *
 * <p>Terms are pairs of sixteen bits, the lower and the upper half of an int, that meet the halves of a word of weights;
 * sums of terms may wrap around.
 */
public final class Quantized {
    /** Adding it leaves a float's fraction rounded to a whole number, ties to even, in its lowest bits. */
    private static final float ROUND = 0x1.8p23f;

    private static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);

    float[] scales = new float[0]; // (n, blocks)
    float[] sums = new float[0]; // (n, blocks): scale · Σ
    int[] totals = new int[0]; // (n, blocks): Σ
    int[] terms4 = new int[0]; // (n, columns / 2): columns 2 i (lower half) and 2 i + 1 (upper half)
    int[] starts4 = new int[0]; // (n, blocks) and one more: -8 · Σ of even and of odd columns
    int[] terms5 = new int[0]; // (n, blocks, 5 words, 4)
    int[] starts5 = new int[0]; // likewise, -16 · Σ
    int[] terms6 = new int[0]; // (n, blocks, 2, 10)
    int[] starts6 = new int[0]; // (n, blocks, 2): -32 · Σ of 16 columns
    int[] terms8 = new int[0]; // (n, blocks, 8 words, 2)
    int[] starts8 = new int[0]; // (n, blocks, 8 words): -128 · Σ of two columns, made positive
    private byte[] rounded = new byte[0]; // (n, columns)
    private int kinds;
    private int blocks;

    /**
     * Makes room for {@code n} tokens; before {@link #set}.
     *
     * @param kinds the widths of the weights that they will meet, each as a bit: see {@link PackedWeights#kind}
     */
    public void reserve(int n, int columns, int kinds) {
        blocks = columns / 32;
        this.kinds = kinds;
        int count = n * blocks;
        scales = scales.length < count ? new float[count] : scales;
        sums = sums.length < count ? new float[count] : sums;
        totals = totals.length < count ? new int[count] : totals;
        rounded = rounded.length < 32 * count ? new byte[32 * count] : rounded;
        if (asked(4)) {
            terms4 = atLeast(16 * count, terms4);
            starts4 = atLeast(count + 1, starts4);
        }
        if (asked(5)) {
            terms5 = atLeast(20 * count, terms5);
            starts5 = atLeast(count + 1, starts5);
        }
        if (asked(6)) {
            terms6 = atLeast(20 * count, terms6);
            starts6 = atLeast(2 * count, starts6);
        }
        if (asked(8)) {
            terms8 = atLeast(16 * count, terms8);
            starts8 = atLeast(8 * count, starts8);
        }
    }

    private static int[] atLeast(int length, int[] array) {
        return array.length < length ? new int[length] : array;
    }

    private boolean asked(int bits) {
        return (kinds >> bits & 1) != 0;
    }

    /** Takes the token {@code token} from x[at ..]; tokens may be set by several threads at once. */
    public void set(int token, float[] x, int at) {
        for (int b = 0; b < blocks; b++) {
            int block = token * blocks + b;
            round(x, at + 32 * b, block);
            if (asked(4)) {
                four(block);
            }
            if (asked(5)) {
                five(block);
            }
            if (asked(6)) {
                six(block, 0);
                six(block, 1);
            }
            if (asked(8)) {
                eight(block);
            }
        }
    }

    int block(int token, int chunk) {
        return token * blocks + Lanes.CHUNK * chunk;
    }

    private void round(float[] x, int at, int block) {
        float max = largest(x, at);
        float inverse = max > 0 ? 127 / max : 0;
        float scale = max / 127;
        int total = 0;
        for (int i = 0; i < 32; i++) {
            int a = Float.floatToRawIntBits(x[at + i] * inverse + ROUND) - ROUND_BITS;
            rounded[32 * block + i] = (byte) a;
            total += a;
        }
        scales[block] = scale;
        totals[block] = total;
        sums[block] = scale * total;
    }

    private void four(int block) {
        int even = 0;
        int odd = 0;
        for (int i = 0; i < 16; i++) {
            byte a = rounded[32 * block + 2 * i];
            byte b = rounded[32 * block + 2 * i + 1];
            terms4[16 * block + i] = pair(a, b);
            even += a;
            odd += b;
        }
        starts4[block] = pair(-8 * even, -8 * odd);
    }

    /**
     * Each pair less thirty-two times the one before it in its word; the fourth term is for the bit that the word has of the
     * last pair of columns.
     */
    private void five(int block) {
        int even = 0;
        int odd = 0;
        int last = 32 * block + 30;
        for (int word = 0; word < 5; word++) {
            int at = 32 * block + 6 * word;
            int to = 20 * block + 4 * word;
            terms5[to] = pair(rounded[at], rounded[at + 1]);
            terms5[to + 1] = pair(rounded[at + 2] - 32 * rounded[at], rounded[at + 3] - 32 * rounded[at + 1]);
            terms5[to + 2] = pair(rounded[at + 4] - 32 * rounded[at + 2], rounded[at + 5] - 32 * rounded[at + 3]);
            terms5[to + 3] = pair(
                    (rounded[last] << word) - 32 * rounded[at + 4], (rounded[last + 1] << word) - 32 * rounded[at + 5]);
            even += rounded[at] + rounded[at + 2] + rounded[at + 4];
            odd += rounded[at + 1] + rounded[at + 3] + rounded[at + 5];
        }
        starts5[block] = pair(-16 * (even + rounded[last]), -16 * (odd + rounded[last + 1]));
    }

    /** As {@link SixBits} says: words of two fields and four bits more, which are parts of the last two fields. */
    private void six(int block, int unit) {
        int at = 32 * block + 16 * unit;
        int to = 20 * block + 10 * unit;
        for (int word = 0; word < 3; word++) {
            terms6[to + 3 * word] = difference(at + 4 * word, 1, at, 0);
            terms6[to + 3 * word + 1] = difference(at + 4 * word + 2, 1, at + 4 * word, 64);
        }
        terms6[to + 2] = difference(at + 12, 1, at + 2, 64);
        terms6[to + 5] = difference(at + 14, 1, at + 6, 64);
        terms6[to + 8] = difference(at + 12, 16, at + 10, 64);
        terms6[to + 9] = difference(at + 14, 16, at + 12, 64);
        int even = 0;
        int odd = 0;
        for (int i = 0; i < 16; i += 2) {
            even += rounded[at + i];
            odd += rounded[at + i + 1];
        }
        starts6[2 * block + unit] = pair(-32 * even, -32 * odd);
    }

    /** {@code times} one pair of columns less {@code less} times another. */
    private int difference(int one, int times, int other, int less) {
        return pair(times * rounded[one] - less * rounded[other], times * rounded[one + 1] - less * rounded[other + 1]);
    }

    /** Here a half has two neighbours, not every other column. */
    private void eight(int block) {
        for (int word = 0; word < 8; word++) {
            int at = 32 * block + 4 * word;
            int to = 16 * block + 2 * word;
            byte a = rounded[at];
            byte b = rounded[at + 1];
            byte c = rounded[at + 2];
            byte d = rounded[at + 3];
            terms8[to] = pair(a, c);
            terms8[to + 1] = pair(b - 256 * a, d - 256 * c);
            starts8[8 * block + word] = pair(0x8000 - 128 * (a + b), 0x8000 - 128 * (c + d));
        }
    }

    private static int pair(int lower, int upper) {
        return lower & 0xffff | upper << 16;
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
