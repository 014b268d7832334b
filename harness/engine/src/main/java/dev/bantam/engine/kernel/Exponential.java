package dev.bantam.engine.kernel;

import static dev.bantam.engine.kernel.Dot.F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/**
 * e^x in floats, to about 1e-7 of its value: x = n ln 2 + r with |r| ≤ ln 2 / 2, then 2^n times the Taylor series of e^r. For
 * a single value and for a vector it gives the same bits, compiled or not, which a library's function for vectors does not
 * promise.
 */
final class Exponential {
    /** Where e^x and its reciprocal are still normal floats. */
    private static final float LEAST = -87;

    private static final float MOST = 87;
    /** Adding it rounds to a whole number, which then lies in the lowest bits. */
    private static final float ROUNDER = 1.5f * (1 << 23);

    private static final float LOG2_E = (float) (1 / Math.log(2));
    /** ln 2 in two parts, the first of so few bits that its multiples are exact. */
    private static final float LN_2_HIGH = 0.693359375f;

    private static final float LN_2_LOW = (float) (Math.log(2) - LN_2_HIGH);
    private static final int EXPONENT_BITS = 23;
    private static final int ONE = Float.floatToRawIntBits(1);
    private static final float[] SERIES = series();

    private Exponential() {}

    private static float[] series() {
        float[] series = new float[8];
        double factorial = 1;
        for (int k = 0; k < series.length; k++) {
            series[k] = (float) (1 / factorial);
            factorial *= k + 1;
        }
        return series;
    }

    /** Arguments are held to -87 .. 87; not a number stays so. */
    static float of(float x) {
        float clamped = Math.min(Math.max(x, LEAST), MOST);
        float shifted = Math.fma(clamped, LOG2_E, ROUNDER);
        float n = shifted - ROUNDER;
        float r = Math.fma(n, -LN_2_LOW, Math.fma(n, -LN_2_HIGH, clamped));
        float sum = SERIES[7];
        for (int k = 6; k >= 0; k--) {
            sum = Math.fma(sum, r, SERIES[k]);
        }
        return sum * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << EXPONENT_BITS) + ONE);
    }

    /** The same for every lane, but 0 below -86: a weight for what is not seen. */
    static FloatVector orZero(FloatVector x) {
        return of(x).blend(0, x.compare(LT, -86));
    }

    /** The same for every lane. */
    static FloatVector of(FloatVector x) {
        FloatVector clamped = x.max(LEAST).min(MOST);
        FloatVector shifted = clamped.fma(FloatVector.broadcast(F, LOG2_E), FloatVector.broadcast(F, ROUNDER));
        FloatVector n = shifted.sub(ROUNDER);
        FloatVector r =
                n.fma(FloatVector.broadcast(F, -LN_2_LOW), n.fma(FloatVector.broadcast(F, -LN_2_HIGH), clamped));
        FloatVector sum = FloatVector.broadcast(F, SERIES[7]);
        sum = sum.fma(r, FloatVector.broadcast(F, SERIES[6]));
        sum = sum.fma(r, FloatVector.broadcast(F, SERIES[5]));
        sum = sum.fma(r, FloatVector.broadcast(F, SERIES[4]));
        sum = sum.fma(r, FloatVector.broadcast(F, SERIES[3]));
        sum = sum.fma(r, FloatVector.broadcast(F, SERIES[2]));
        sum = sum.fma(r, FloatVector.broadcast(F, SERIES[1]));
        sum = sum.fma(r, FloatVector.broadcast(F, SERIES[0]));
        return sum.mul(shifted.reinterpretAsInts()
                .lanewise(LSHL, EXPONENT_BITS)
                .add(ONE)
                .reinterpretAsFloats());
    }
}
