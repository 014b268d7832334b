package dev.bantam.engine;

import java.util.Arrays;

/**
 * Brings a sequence to hold wanted tokens with as little evaluation as possible: what both begin with stays.
 *
 * @param cached tokens that were kept
 * @param evaluated tokens that were evaluated, at least one
 */
public record PrefixReuse(int cached, int evaluated) {
    /**
     * Rewinds {@code sequence} to the longest common prefix with {@code wanted}, short of its last token, and appends the
     * rest; the last token's logits are row 0 afterwards.
     *
     * @throws InterruptedException as {@link Sequence#append}; what has been evaluated is reused by the next call
     */
    public static PrefixReuse bring(Sequence sequence, int[] wanted, Progress progress) throws InterruptedException {
        if (wanted.length == 0 || wanted.length > sequence.capacity()) {
            throw new IllegalArgumentException(
                    "%d tokens; the sequence takes 1 to %d".formatted(wanted.length, sequence.capacity()));
        }
        int common = common(sequence, wanted);
        sequence.rewind(common);
        sequence.append(Arrays.copyOfRange(wanted, common, wanted.length), Rows.LAST, progress);
        return new PrefixReuse(common, wanted.length - common);
    }

    /** How many tokens {@link #bring} would keep: the longest common prefix, short of the last wanted token. */
    public static int common(Sequence sequence, int[] wanted) {
        int common = 0;
        int most = Math.min(sequence.length(), wanted.length - 1);
        while (common < most && sequence.token(common) == wanted[common]) {
            common++;
        }
        return common;
    }
}
