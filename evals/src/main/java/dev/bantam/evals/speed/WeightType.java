package dev.bantam.evals.speed;

import java.util.SplittableRandom;

/**
 * Weight types that random models are written in. All bits of a block are random but its scales, which are such that
 * weights have mean zero and a wanted standard deviation. Layouts: ggml-common.h.
 */
enum WeightType {
    F32(0, 1, 4) {
        @Override
        void scale(byte[] blocks, int at, float deviation, SplittableRandom random) {
            throw new UnsupportedOperationException("F32 values are written one by one");
        }
    },
    /** x = d · (nibble - 8): nibbles have a deviation of 4.61. */
    Q4_0(2, 32, 18) {
        @Override
        void scale(byte[] blocks, int at, float deviation, SplittableRandom random) {
            half(blocks, at, deviation / 4.61f);
        }
    },
    /** x = d · byte: bytes have a deviation of 73.9. */
    Q8_0(8, 32, 34) {
        @Override
        void scale(byte[] blocks, int at, float deviation, SplittableRandom random) {
            half(blocks, at, deviation / 73.9f);
        }
    },
    /** x = d · s · q - dmin · m with m = s and dmin = 7.5 · d, so that the mean is zero. */
    Q4_K(12, 256, 144) {
        @Override
        void scale(byte[] blocks, int at, float deviation, SplittableRandom random) {
            float d = deviation / (SUB_SCALE * 4.61f);
            half(blocks, at, d);
            half(blocks, at + 2, 7.5f * d);
            subScales(blocks, at + 4, random);
        }
    },
    /** As {@link #Q4_K}, with five bits: they have a mean of 15.5 and a deviation of 9.23. */
    Q5_K(13, 256, 176) {
        @Override
        void scale(byte[] blocks, int at, float deviation, SplittableRandom random) {
            float d = deviation / (SUB_SCALE * 9.23f);
            half(blocks, at, d);
            half(blocks, at + 2, 15.5f * d);
            subScales(blocks, at + 4, random);
        }
    },
    /** x = d · s · (q - 32): six bits have a deviation of 18.5. */
    Q6_K(14, 256, 210) {
        @Override
        void scale(byte[] blocks, int at, float deviation, SplittableRandom random) {
            for (int i = 0; i < 16; i++) {
                blocks[at + 192 + i] = (byte) random.nextInt(32, 64);
            }
            half(blocks, at + 208, deviation / (SUB_SCALE * 18.5f));
        }
    };

    /** The root mean square of a scale from 32 to 63. */
    private static final float SUB_SCALE = 48.4f;

    private final int number;
    private final int blockWeights;
    private final int blockBytes;

    WeightType(int number, int blockWeights, int blockBytes) {
        this.number = number;
        this.blockWeights = blockWeights;
        this.blockBytes = blockBytes;
    }

    /** The number in ggml.h. */
    int number() {
        return number;
    }

    int blockBytes() {
        return blockBytes;
    }

    long bytes(long weights) {
        return weights / blockWeights * blockBytes;
    }

    /** Writes the scales of the block at {@code at}. */
    abstract void scale(byte[] blocks, int at, float deviation, SplittableRandom random);

    private static void half(byte[] bytes, int at, float value) {
        short half = Float.floatToFloat16(value);
        bytes[at] = (byte) half;
        bytes[at + 1] = (byte) (half >> 8);
    }

    /** Eight scales of six bits in the K layout; each is its own minimum too. */
    private static void subScales(byte[] bytes, int at, SplittableRandom random) {
        for (int j = 0; j < 4; j++) {
            int low = random.nextInt(32, 64);
            int high = random.nextInt(32, 64);
            bytes[at + j] = (byte) (low | high >> 4 << 6);
            bytes[at + 4 + j] = (byte) (low | high >> 4 << 6);
            bytes[at + 8 + j] = (byte) (high & 15 | (high & 15) << 4);
        }
    }
}
