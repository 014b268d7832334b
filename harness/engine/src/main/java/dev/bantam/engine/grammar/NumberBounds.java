package dev.bantam.engine.grammar;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** The bounds of a schema's numbers. */
final class NumberBounds {
    private NumberBounds() {}

    /** The least value, or null; for integers rounded up. */
    static BigDecimal low(Map<String, Object> schema, boolean integer) {
        BigDecimal low = decimal(schema.get("minimum"));
        BigDecimal below = decimal(schema.get("exclusiveMinimum"));
        if (low != null && integer) {
            low = low.setScale(0, RoundingMode.CEILING);
        }
        if (below != null) {
            BigDecimal least = integer ? below.setScale(0, RoundingMode.FLOOR).add(BigDecimal.ONE) : below;
            low = low == null ? least : low.max(least);
        }
        return low;
    }

    /** The largest value, or null; for integers rounded down. */
    static BigDecimal high(Map<String, Object> schema, boolean integer) {
        BigDecimal high = decimal(schema.get("maximum"));
        BigDecimal above = decimal(schema.get("exclusiveMaximum"));
        if (high != null && integer) {
            high = high.setScale(0, RoundingMode.FLOOR);
        }
        if (above != null) {
            BigDecimal most = integer ? above.setScale(0, RoundingMode.CEILING).subtract(BigDecimal.ONE) : above;
            high = high == null ? most : high.min(most);
        }
        return high;
    }

    /** Whether a number keeps all bounds. */
    static boolean hold(Map<String, Object> schema, BigDecimal value) {
        BigDecimal low = low(schema, false);
        BigDecimal high = high(schema, false);
        return (low == null || value.compareTo(low) >= 0)
                && (high == null || value.compareTo(high) <= 0)
                && !same(value, schema.get("exclusiveMinimum"))
                && !same(value, schema.get("exclusiveMaximum"));
    }

    private static boolean same(BigDecimal value, Object bound) {
        BigDecimal excluded = decimal(bound);
        return excluded != null && value.compareTo(excluded) == 0;
    }

    /** Null for what is no number of a size that can be handled. */
    static BigDecimal decimal(Object value) {
        if (!(value instanceof Number number) || !(Math.abs(number.doubleValue()) < 1e30)) {
            return null;
        }
        return new BigDecimal(number.toString());
    }
}
