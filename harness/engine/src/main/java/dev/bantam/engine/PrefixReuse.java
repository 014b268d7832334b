package dev.bantam.engine;

import java.util.Arrays;

/**
 * Brings a sequence to hold wanted tokens with as little evaluation as possible: what both begin with stays.
 *
 * @param cached tokens that were kept
 * @param evaluated tokens that were evaluated, at least one; with recurrent layers also tokens that were held
 */
public record PrefixReuse(int cached, int evaluated) {
    /** Brings without stops. */
    public static PrefixReuse bring(Sequence sequence, int[] wanted, Progress progress) throws InterruptedException {
        return bring(sequence, wanted, new int[0], progress);
    }

    /**
     * Rewinds {@code sequence} to the longest common prefix with {@code wanted}, short of its last token, and appends the
     * rest; the last token's logits are row 0 afterwards. Marks the stops and the length before the last token, from where
     * the same request can be answered again.
     *
     * @param stops lengths that the conversation may come back to, within {@code wanted}: after the system prompt and the
     *     tools, before each user message, reply and tool result
     * @throws InterruptedException as {@link Sequence#append}; what has been evaluated is reused by the next call
     */
    public static PrefixReuse bring(Sequence sequence, int[] wanted, int[] stops, Progress progress)
            throws InterruptedException {
        if (wanted.length == 0 || wanted.length > sequence.capacity()) {
            throw new IllegalArgumentException(
                    "%d tokens; the sequence takes 1 to %d".formatted(wanted.length, sequence.capacity()));
        }
        int same = same(sequence, wanted);
        sequence.rewind(same);
        int cached = sequence.reusable(same);
        int[] marks = Arrays.copyOf(stops, stops.length + 1);
        marks[stops.length] = wanted.length - 1;
        sequence.append(Arrays.copyOfRange(wanted, same, wanted.length), marks, Rows.LAST, progress);
        return new PrefixReuse(cached, wanted.length - cached);
    }

    /** How many tokens {@link #bring} would not evaluate: those of the longest common prefix, or up to a mark in it. */
    public static int common(Sequence sequence, int[] wanted) {
        return sequence.reusable(same(sequence, wanted));
    }

    private static int same(Sequence sequence, int[] wanted) {
        int same = 0;
        int most = Math.min(sequence.length(), wanted.length - 1);
        while (same < most && sequence.token(same) == wanted[same]) {
            same++;
        }
        return same;
    }
}
