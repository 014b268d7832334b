package dev.bantam.engine.kernel;

import static dev.bantam.engine.kernel.Dot.F;
import static dev.bantam.engine.kernel.Dot.LANES;
import static dev.bantam.engine.kernel.Dot.LE;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_S2I;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Packs keys and values into a cache's memory and unpacks them in tiles of {@code tile} positions.
 *
 * <p>Keys lie turned: (width, tile) elements, so that a vector holds one element of many positions and a product with a
 * query needs no sum across lanes. Values lie straight: (position, width). Scales of Q8_0 follow the bytes that they
 * belong to: (width / 32, tile) for a tile of keys, (width / 32) for a row of values.
 */
final class KvRows {
    private static final int BLOCK = 32;
    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LE);
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, F.vectorShape());
    private static final VectorSpecies<Short> S =
            VectorSpecies.of(short.class, VectorShape.forBitSize(F.vectorBitSize() / 2));
    // Vectors of fewer than 64 bits do not exist: with four floats a vector, eight bytes are read and four of them
    // used.
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, 8 * LANES)));

    private KvRows() {}

    /** Stores key[at .. at + width) as position {@code p} of the tile at byte {@code base}. */
    static void storeKey(KvType type, MemorySegment to, long base, int tile, int p, float[] key, int at, int width) {
        switch (type) {
            case F32 -> {
                for (int i = 0; i < width; i++) {
                    to.set(Dot.FLOAT, base + 4L * (i * tile + p), key[at + i]);
                }
            }
            case F16 -> {
                for (int i = 0; i < width; i++) {
                    to.set(HALF, base + 2L * (i * tile + p), Float.floatToFloat16(key[at + i]));
                }
            }
            case Q8_0 -> {
                long scales = base + (long) width * tile;
                for (int b = 0; b < width / BLOCK; b++) {
                    float d = largest(key, at + b * BLOCK) / 127;
                    to.set(HALF, scales + 2L * (b * tile + p), Float.floatToFloat16(d));
                    for (int i = b * BLOCK; i < (b + 1) * BLOCK; i++) {
                        to.set(ValueLayout.JAVA_BYTE, base + (long) i * tile + p, quant(key[at + i], d));
                    }
                }
            }
        }
    }

    /** Stores value[at .. at + width) as the row at byte {@code base}. */
    static void storeValue(KvType type, MemorySegment to, long base, float[] value, int at, int width) {
        switch (type) {
            case F32 -> MemorySegment.copy(value, at, to, Dot.FLOAT, base, width);
            case F16 -> {
                for (int i = 0; i < width; i++) {
                    to.set(HALF, base + 2L * i, Float.floatToFloat16(value[at + i]));
                }
            }
            case Q8_0 -> {
                for (int b = 0; b < width / BLOCK; b++) {
                    float d = largest(value, at + b * BLOCK) / 127;
                    to.set(HALF, base + width + 2L * b, Float.floatToFloat16(d));
                    for (int i = b * BLOCK; i < (b + 1) * BLOCK; i++) {
                        to.set(ValueLayout.JAVA_BYTE, base + i, quant(value[at + i], d));
                    }
                }
            }
        }
    }

    private static float largest(float[] x, int at) {
        float most = 0;
        for (int i = 0; i < BLOCK; i++) {
            most = Math.max(most, Math.abs(x[at + i]));
        }
        return most;
    }

    private static byte quant(float x, float d) {
        return (byte) (d == 0 ? 0 : Math.round(x / d));
    }

    /** Unpacks the tile of keys at byte {@code base} into floats (width, tile). */
    static void unpackKeys(KvType type, MemorySegment from, long base, int tile, int width, float[] into) {
        switch (type) {
            case F32 -> MemorySegment.copy(from, Dot.FLOAT, base, into, 0, width * tile);
            case F16 -> unpackHalves(from, base, width * tile, into, 0);
            case Q8_0 -> unpackByteKeys(from, base, tile, width, into);
        }
    }

    private static void unpackByteKeys(MemorySegment from, long base, int tile, int width, float[] into) {
        long scales = base + (long) width * tile;
        for (int i = 0; i < width; i++) {
            for (int p = 0; p < tile; p += LANES) {
                FloatVector d = halves(from, scales + 2L * (i / BLOCK * tile + p));
                bytes(from, base + (long) i * tile + p).mul(d).intoArray(into, i * tile + p);
            }
        }
    }

    /** Unpacks {@code count} values, rows from byte {@code base} on, into floats (count, stride), stride &gt;= width. */
    static void unpackValues(
            KvType type, MemorySegment from, long base, int count, int width, int stride, float[] into) {
        int rowBytes = type.rowBytes(width);
        for (int p = 0; p < count; p++) {
            long row = base + (long) p * rowBytes;
            switch (type) {
                case F32 -> MemorySegment.copy(from, Dot.FLOAT, row, into, p * stride, width);
                case F16 -> unpackHalves(from, row, width, into, p * stride);
                case Q8_0 -> unpackByteValue(from, row, width, into, p * stride);
            }
        }
    }

    private static void unpackByteValue(MemorySegment from, long row, int width, float[] into, int at) {
        for (int b = 0; b < width; b += BLOCK) {
            float d = Float.float16ToFloat(from.get(HALF, row + width + b / BLOCK * 2));
            for (int i = b; i < b + BLOCK; i += LANES) {
                bytes(from, row + i).mul(d).intoArray(into, at + i);
            }
        }
    }

    /** Sets the elements of the positions from {@code count} on in a copied tile of keys to zero. */
    static void clearKeys(KvType type, byte[] keys, int tile, int count, int width) {
        int bytes = type == KvType.Q8_0 ? 1 : type.rowBytes(1);
        for (int i = 0; i < width; i++) {
            Arrays.fill(keys, (i * tile + count) * bytes, (i + 1) * tile * bytes, (byte) 0);
        }
        int scales = width * tile * bytes;
        for (int b = 0; scales + b * tile * 2 < keys.length; b++) {
            Arrays.fill(keys, scales + (b * tile + count) * 2, scales + (b + 1) * tile * 2, (byte) 0);
        }
    }

    private static void unpackHalves(MemorySegment from, long base, int n, float[] into, int at) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            halves(from, base + 2L * i).intoArray(into, at + i);
        }
        for (; i < n; i++) {
            into[at + i] = Float.float16ToFloat(from.get(HALF, base + 2L * i));
        }
    }

    /** Moves exponent and fraction into a float's places; the factor 2^112 mends the exponent's bias, subnormals too. */
    private static FloatVector halves(MemorySegment from, long at) {
        IntVector half =
                (IntVector) ShortVector.fromMemorySegment(S, from, at, LE).convertShape(ZERO_EXTEND_S2I, I, 0);
        IntVector magnitude = half.lanewise(AND, 0x7fff).lanewise(LSHL, 13);
        IntVector sign = half.lanewise(AND, 0x8000).lanewise(LSHL, 16);
        return magnitude.lanewise(OR, sign).reinterpretAsFloats().mul(0x1p112f);
    }

    /** {@code LANES} signed bytes as floats. */
    private static FloatVector bytes(MemorySegment from, long at) {
        return (FloatVector) ByteVector.fromMemorySegment(BYTES, from, at, LE).castShape(F, 0);
    }
}
