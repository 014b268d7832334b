package dev.bantam.engine.grammar;

import java.util.Map;

/** Rules for any JSON, which nests to a limit. */
final class FreeJson {
    private static final int DEPTH = 8;

    private final Parts parts;
    private final Scalars scalars;
    private final Node[] values = new Node[DEPTH + 1]; // (how deep it may nest)

    FreeJson(Parts parts) {
        this.parts = parts;
        this.scalars = new Scalars(parts);
        for (int depth = 0; depth <= DEPTH; depth++) {
            values[depth] = build(depth, null);
        }
    }

    Parts parts() {
        return parts;
    }

    Scalars scalars() {
        return scalars;
    }

    Node value() {
        return values[DEPTH];
    }

    /** The same where less depth is left and a string may be bound. */
    Node value(int depth, SchemaRules.Argument argument) {
        int most = Math.min(depth, DEPTH);
        return argument == null ? values[most] : build(most, argument);
    }

    /** An object with any names. */
    Node object(Node value) {
        Node close = parts.literal("}", Node.END);
        Node.Fork tail = new Node.Fork();
        Node member = parts.literal(
                "\"", Parts.call(parts.quoted(), parts.literal(": ", Parts.call(value, close == null ? null : tail))));
        Node further = parts.literal(", ", member);
        if (close != null) {
            tail.to.add(close);
        }
        if (further != null) {
            tail.to.add(further);
        }
        return parts.literal("{", Parts.fork(close, member));
    }

    private Node build(int depth, SchemaRules.Argument argument) {
        Node within = depth > 0 ? values[depth - 1] : null;
        return Parts.fork(
                scalars.string(argument),
                scalars.number(Map.of()),
                scalars.truth(),
                parts.literal("null", Node.END),
                within == null ? null : array(within),
                within == null ? null : object(within));
    }

    private Node array(Node item) {
        Node close = parts.literal("]", Node.END);
        Node.Fork tail = new Node.Fork();
        Node items = Parts.call(item, close == null ? null : tail);
        Node further = parts.literal(", ", items);
        if (close != null) {
            tail.to.add(close);
        }
        if (further != null) {
            tail.to.add(further);
        }
        return parts.literal("[", Parts.fork(close, items));
    }
}
