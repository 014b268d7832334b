package dev.bantam.engine.arch;

/**
 * Tokens to evaluate at once.
 *
 * @param tokens holds them at {@code from .. from + count}
 * @param position the sequence's length before them
 * @param firstRow the first of the {@code count} tokens whose logits are wanted; {@code count} for none
 * @param logits takes the wanted rows from {@code logitsAt} on: (count - firstRow, vocabulary)
 * @param check called between layers; throws to give up, which leaves the positions before {@code position} intact
 */
public record Batch(
        int[] tokens, int from, int count, int position, int firstRow, float[] logits, int logitsAt, Check check) {
    /** Throws when the work is no longer wanted. */
    public interface Check {
        void run() throws InterruptedException;
    }
}
