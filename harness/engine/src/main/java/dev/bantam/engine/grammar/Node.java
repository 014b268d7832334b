package dev.bantam.engine.grammar;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in a grammar, from which the text goes on. Grammars are recursive transition networks over bytes: a rule is a
 * graph of nodes that ends in {@link End}. Compared by identity.
 */
sealed interface Node {
    /** The end of every rule. */
    End END = new End();

    /** One byte between two bounds, both included. */
    final class Range implements Node {
        final int low;
        final int high;
        final Node next;

        Range(int low, int high, Node next) {
            this.low = low;
            this.high = high;
            this.next = next;
        }
    }

    /** Goes on at any of several. Filled after it was made, for loops; every loop takes a byte. */
    final class Fork implements Node {
        final List<Node> to = new ArrayList<>();
    }

    /** A rule, then what follows it. */
    final class Call implements Node {
        final Node rule;
        final Node next;

        Call(Node rule, Node next) {
            this.rule = rule;
            this.next = next;
        }
    }

    /** Goes back to where the rule was called. */
    final class End implements Node {
        private End() {}
    }

    /** A token that is a mark and no text. */
    final class Mark implements Node {
        final int token;
        final Node next;

        Mark(int token, Node next) {
            this.token = token;
            this.next = next;
        }
    }

    /**
     * Where a string argument begins and bindings are asked: it is either free or bound to a text that is followed by
     * {@code after}.
     */
    final class Opening implements Node {
        final String tool;
        final String argument;
        final Spelling spelling;
        final Node free;
        final Node after;

        Opening(String tool, String argument, Spelling spelling, Node free, Node after) {
            this.tool = tool;
            this.argument = argument;
            this.spelling = spelling;
            this.free = free;
            this.after = after;
        }
    }

    /** A place in a text that is known only while it is written. It can always be brought to an end. */
    sealed interface Live extends Node permits Choices, TextPart {
        /** The place after a byte, or null. */
        Live step(int value);

        /** Whether the text may end here; then {@link #after} follows. */
        boolean ends();

        /** Whether any byte may follow. */
        boolean goesOn();

        /** The only byte that may follow, or -1 when there are several or it may end. */
        int only();

        Node after();
    }
}
