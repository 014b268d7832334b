package dev.bantam.engine.kernel;

import static dev.bantam.engine.kernel.Dot.F;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/**
 * e^x for x ≤ 0, within two units in the last place; 0 below -86. x = n · ln 2 + r with |r| ≤ ln 2 / 2, e^r by its Taylor
 * series to r⁷ / 7! (whose remainder is below 6e-9), times 2^n by adding n to the exponent.
 */
final class VectorExp {
    private static final float LOG2_E = (float) (1 / Math.log(2));
    private static final float LN2_HIGH = 0x1.62e4p-1f; // few enough bits that n · LN2_HIGH is exact
    private static final float LN2_LOW = (float) (Math.log(2) - LN2_HIGH);
    private static final float ROUND = 0x1.8p23f; // adding it leaves the nearest whole number in the low bits

    private VectorExp() {}

    static FloatVector of(FloatVector x) {
        FloatVector shifted = x.fma(FloatVector.broadcast(F, LOG2_E), FloatVector.broadcast(F, ROUND));
        FloatVector n = shifted.sub(ROUND);
        FloatVector r = n.fma(FloatVector.broadcast(F, -LN2_HIGH), x);
        r = n.fma(FloatVector.broadcast(F, -LN2_LOW), r);
        FloatVector y = FloatVector.broadcast(F, 1f / 5040);
        y = y.fma(r, FloatVector.broadcast(F, 1f / 720));
        y = y.fma(r, FloatVector.broadcast(F, 1f / 120));
        y = y.fma(r, FloatVector.broadcast(F, 1f / 24));
        y = y.fma(r, FloatVector.broadcast(F, 1f / 6));
        y = y.fma(r, FloatVector.broadcast(F, 0.5f));
        y = y.fma(r, FloatVector.broadcast(F, 1));
        y = y.fma(r, FloatVector.broadcast(F, 1));
        FloatVector scaled = y.reinterpretAsInts()
                .lanewise(ADD, shifted.reinterpretAsInts().lanewise(LSHL, 23))
                .reinterpretAsFloats();
        return scaled.blend(0, x.compare(LT, -86));
    }
}
