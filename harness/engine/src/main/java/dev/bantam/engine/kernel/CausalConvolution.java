package dev.bantam.engine.kernel;

import static dev.bantam.engine.kernel.Dot.F;
import static dev.bantam.engine.kernel.Dot.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * A short causal convolution of each channel by itself: y_t[c] = Σ_j taps[j][c] · u_{t - (size - 1) + j}[c], so that the last
 * tap meets the token's own input. Inputs before the first token are zeros.
 */
public final class CausalConvolution {
    /** Channels that are worth handing to another thread, for one token. */
    private static final int WORTHWHILE = 1 << 12;

    private final Workers workers;
    private final int size;
    private final int channels;

    public CausalConvolution(Workers workers, int size, int channels) {
        this.workers = workers;
        this.size = size;
        this.channels = channels;
    }

    /**
     * Convolves {@code n} tokens.
     *
     * @param taps (size, channels)
     * @param past (size - 1, channels): the inputs before, oldest first; in the end those before the next token
     * @param u (n, channels)
     * @param y (n, channels), another array than u
     */
    public void apply(float[] taps, float[] past, float[] u, int n, float[] y) {
        int perSlice = Math.max(LANES, WORTHWHILE / n / LANES * LANES);
        workers.split(channels, perSlice, (begin, end) -> {
            for (int t = 0; t < n; t++) {
                convolve(taps, past, u, t, begin, end, y);
            }
            remember(past, u, n, begin, end);
        });
    }

    private void convolve(float[] taps, float[] past, float[] u, int t, int begin, int end, float[] y) {
        int c = begin;
        for (; c <= end - LANES; c += LANES) {
            FloatVector sum = FloatVector.zero(F);
            for (int j = 0; j < size; j++) {
                int from = t - (size - 1) + j;
                FloatVector input = from < 0
                        ? FloatVector.fromArray(F, past, (from + size - 1) * channels + c)
                        : FloatVector.fromArray(F, u, from * channels + c);
                sum = FloatVector.fromArray(F, taps, j * channels + c).fma(input, sum);
            }
            sum.intoArray(y, t * channels + c);
        }
        for (; c < end; c++) {
            float sum = 0;
            for (int j = 0; j < size; j++) {
                int from = t - (size - 1) + j;
                float input = from < 0 ? past[(from + size - 1) * channels + c] : u[from * channels + c];
                sum = Math.fma(taps[j * channels + c], input, sum);
            }
            y[t * channels + c] = sum;
        }
    }

    /** Keeps the last size - 1 of past and u, of some channels. */
    private void remember(float[] past, float[] u, int n, int begin, int end) {
        for (int j = 0; j < size - 1; j++) {
            int from = n - (size - 1) + j;
            float[] source = from < 0 ? past : u;
            int row = from < 0 ? from + size - 1 : from;
            System.arraycopy(source, row * channels + begin, past, j * channels + begin, end - begin);
        }
    }
}
