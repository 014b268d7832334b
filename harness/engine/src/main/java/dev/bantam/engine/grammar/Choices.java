package dev.bantam.engine.grammar;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A place in one of several texts: a prefix that some of them share, as a range of the sorted texts. */
final class Choices implements Node.Live {
    private final byte[][] sorted; // as they are written, distinct
    private final int from;
    private final int to; // exclusive
    private final int depth; // bytes of the prefix
    private final Node after;

    private Choices(byte[][] sorted, int from, int to, int depth, Node after) {
        this.sorted = sorted;
        this.from = from;
        this.to = to;
        this.depth = depth;
        this.after = after;
    }

    /** Before the first byte; null when none of the choices can be written. */
    static Choices of(List<String> choices, Spelling spelling, TokenTrie trie, Node after) {
        byte[][] sorted = choices.stream()
                .distinct()
                .map(spelling::spell)
                .filter(Objects::nonNull)
                .filter(trie::writes)
                .sorted(Arrays::compareUnsigned)
                .toArray(byte[][]::new);
        return sorted.length == 0 ? null : new Choices(sorted, 0, sorted.length, 0, after);
    }

    @Override
    public Choices step(int value) {
        int low = first(value);
        int high = first(value + 1);
        return low == high ? null : new Choices(sorted, low, high, depth + 1, after);
    }

    /** The first of the range whose next byte is at least this; a text that ends here has none and comes first. */
    private int first(int value) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            byte[] text = sorted[middle];
            if (text.length == depth || (text[depth] & 255) < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public boolean ends() {
        return sorted[from].length == depth;
    }

    @Override
    public boolean goesOn() {
        return sorted[to - 1].length > depth;
    }

    @Override
    public int only() {
        byte[] low = sorted[from];
        byte[] high = sorted[to - 1];
        return low.length > depth && low[depth] == high[depth] ? low[depth] & 255 : -1;
    }

    @Override
    public Node after() {
        return after;
    }
}
