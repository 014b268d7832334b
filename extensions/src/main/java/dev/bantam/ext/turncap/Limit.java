package dev.bantam.ext.turncap;

import java.util.function.ToDoubleFunction;

/**
 * One limit of a run.
 *
 * @param words the limit for people, such as {@code 60 turns}
 * @param used what the run has used of it
 * @param mend how to raise it
 */
record Limit(String words, double most, ToDoubleFunction<Spent> used, String mend) {
    boolean reached(Spent spent) {
        return used.applyAsDouble(spent) >= most;
    }

    String reason() {
        return "reached the limit of " + words + " before the work was done; raise it with " + mend;
    }

    /** How many turns like those before still fit; a large number before the first turn is over. */
    int turnsLeft(Spent spent) {
        double each = used.applyAsDouble(spent) / Math.max(1, spent.turnsDone());
        return (int) ((most - used.applyAsDouble(spent)) / Math.max(each, 1e-9));
    }

    /** Whether half of it is gone. */
    boolean halfUsed(Spent spent) {
        return used.applyAsDouble(spent) >= most / 2;
    }
}
