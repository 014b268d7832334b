package dev.bantam.engine.grammar;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Rules for strings, numbers and truth values. A number has at most 15 digits before the point and after it, and two in the exponent. */
final class Scalars {
    private static final int DIGITS = 15;
    private static final int SMALL_RANGE = 256; // integers listed one by one

    private final Parts parts;
    private final Node string;
    private final Node truth;
    private final Node amount; // a number that is not negative
    private final Node positive;
    private final Node number;

    Scalars(Parts parts) {
        this.parts = parts;
        this.string = parts.literal("\"", parts.quoted());
        this.truth = Parts.fork(parts.literal("true", Node.END), parts.literal("false", Node.END));
        this.amount = amount(true);
        this.positive = amount(false);
        this.number = Parts.fork(amount, parts.range('-', '-', amount));
    }

    /** @param argument what may be bound, or null */
    Node string(SchemaRules.Argument argument) {
        if (argument == null || string == null) {
            return string;
        }
        Node after = parts.literal("\"", Node.END);
        return parts.literal(
                "\"", new Node.Opening(argument.tool(), argument.name(), Spelling.JSON, parts.quoted(), after));
    }

    Node truth() {
        return truth;
    }

    Node integer(Map<String, Object> schema) {
        BigDecimal low = NumberBounds.low(schema, true);
        BigDecimal high = NumberBounds.high(schema, true);
        if (low != null && high != null) {
            if (low.compareTo(high) > 0) {
                return null;
            }
            if (high.subtract(low).compareTo(BigDecimal.valueOf(SMALL_RANGE)) < 0
                    && low.abs().precision() - low.scale() <= DIGITS) {
                List<Node> all = LongStream.rangeClosed(low.longValue(), high.longValue())
                        .mapToObj(value -> parts.literal(Long.toString(value), Node.END))
                        .toList();
                return Parts.fork(all);
            }
        }
        Node natural = parts.range('1', '9', parts.digits(DIGITS - 1, Node.END));
        return Parts.fork(
                (low == null || low.signum() <= 0) && (high == null || high.signum() >= 0)
                        ? parts.literal("0", Node.END)
                        : null,
                high == null || high.signum() > 0 ? natural : null,
                low == null || low.signum() < 0 ? parts.range('-', '-', natural) : null);
    }

    Node number(Map<String, Object> schema) {
        BigDecimal low = NumberBounds.low(schema, false);
        BigDecimal high = NumberBounds.high(schema, false);
        boolean below = low == null || low.signum() < 0;
        boolean above = high == null || high.signum() > 0;
        boolean zero = NumberBounds.hold(schema, BigDecimal.ZERO);
        if (zero && above) {
            return below ? number : amount;
        }
        return Parts.fork(
                above ? positive : null,
                below ? parts.range('-', '-', zero ? amount : positive) : null,
                zero ? parts.literal("0", Node.END) : null);
    }

    /** A number without its sign; with {@code zero} also one of zeros alone. */
    private Node amount(boolean zero) {
        Node exponent = parts.range('0', '9', parts.digits(1, Node.END));
        Node power = parts.any("eE", Parts.fork(parts.any("+-", exponent), exponent));
        Node end = Parts.fork(Node.END, power);
        Node fraction = parts.range('.', '.', parts.range('0', '9', parts.digits(DIGITS - 1, end)));
        Node tail = Parts.fork(Node.END, power, fraction);
        return Parts.fork(
                parts.range('0', '0', zero ? tail : parts.range('.', '.', notZero(end))),
                parts.range('1', '9', parts.digits(DIGITS - 1, tail)));
    }

    /** Digits of which one is not zero. */
    private Node notZero(Node next) {
        Node node = null;
        for (int i = 0; i < DIGITS; i++) {
            node = Parts.fork(parts.range('1', '9', parts.digits(i, next)), parts.range('0', '0', node));
        }
        return node;
    }
}
