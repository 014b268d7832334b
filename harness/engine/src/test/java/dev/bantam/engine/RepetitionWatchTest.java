package dev.bantam.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RepetitionWatchTest {
    @Test
    void noticesARunThatComesAgainAndAgain() {
        RepetitionWatch watch = new RepetitionWatch(40, 4);
        OptionalInt repeated = OptionalInt.empty();
        int fed = 0;
        for (int i = 0; i < 7; i++) {
            watch.add(1000 + i);
        }
        while (repeated.isEmpty()) {
            repeated = watch.add(fed++ % 12);
        }
        assertThat(fed).isEqualTo(48);
        assertThat(repeated).hasValue(36);
    }

    @Test
    void needsBothEnoughRepetitionsAndEnoughTokens() {
        assertThat(fedWith(new RepetitionWatch(40, 4), 1, 39)).isEmpty();
        assertThat(fedWith(new RepetitionWatch(40, 4), 1, 40)).hasValue(39);
        assertThat(fedWith(new RepetitionWatch(40, 4), 300, 3 * 300)).isEmpty();
        assertThat(fedWith(new RepetitionWatch(40, 4), 300, 4 * 300)).hasValue(900);
    }

    @Test
    void leavesHonestTextAlone() {
        Random random = new Random(11);
        RepetitionWatch watch = RepetitionWatch.usual();
        for (int row = 0; row < 2000; row++) { // a table whose cells differ
            for (int token : new int[] {7, 8, 9, random.nextInt(50), 7, 8, random.nextInt(50), 10}) {
                assertThat(watch.add(token)).as("seed 11, row " + row).isEmpty();
            }
        }
    }

    private static OptionalInt fedWith(RepetitionWatch watch, int run, int tokens) {
        OptionalInt repeated = OptionalInt.empty();
        for (int i = 0; i < tokens; i++) {
            repeated = watch.add(i % run);
        }
        return repeated;
    }
}
