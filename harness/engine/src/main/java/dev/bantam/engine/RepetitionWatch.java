package dev.bantam.engine;

import java.util.OptionalInt;

/**
 * Notices that a generation goes round in a circle: the latest tokens are exact repetitions of one run. Short runs may come
 * often in honest text (a table, a row of zeros), so both the number of repetitions and the tokens they take count. Costs
 * one comparison for each possible length of a run, a token.
 */
public final class RepetitionWatch {
    /** The longest run that is noticed. */
    static final int LONGEST = 512;

    private final int minTokens;
    private final int minRepetitions;
    private final int[] recent = new int[LONGEST]; // a ring
    private final int[] same =
            new int[LONGEST + 1]; // for each length: how many of the latest tokens agree with those before
    private int count;

    /**
     * @param minTokens tokens that the repetitions take together
     * @param minRepetitions how often the run has come, the first one included
     */
    public RepetitionWatch(int minTokens, int minRepetitions) {
        this.minTokens = minTokens;
        this.minRepetitions = minRepetitions;
    }

    /** Sensible limits for prose and thinking. */
    public static RepetitionWatch usual() {
        return new RepetitionWatch(160, 5);
    }

    /**
     * Counts a token.
     *
     * @return when it goes round in a circle: how many of the latest tokens repeat what stood before them, so that cutting
     *     them off leaves the run once
     */
    public OptionalInt add(int token) {
        OptionalInt repeated = OptionalInt.empty();
        for (int length = 1; length <= Math.min(count, LONGEST); length++) {
            same[length] = recent[(count - length) % LONGEST] == token ? same[length] + 1 : 0;
            int all = same[length] + length;
            if (repeated.isEmpty() && all >= minTokens && all >= (long) minRepetitions * length) {
                repeated = OptionalInt.of(same[length]);
            }
        }
        recent[count++ % LONGEST] = token;
        return repeated;
    }
}
