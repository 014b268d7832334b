package dev.bantam.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WorkersTest {
    @Test
    void runsEveryItemOnce() {
        try (Workers workers = new Workers(4)) {
            for (int items = 0; items < 200; items++) {
                AtomicIntegerArray runs = new AtomicIntegerArray(items);
                workers.split(items, 3, (begin, end) -> {
                    for (int i = begin; i < end; i++) {
                        runs.incrementAndGet(i);
                    }
                });
                for (int i = 0; i < items; i++) {
                    assertThat(runs.get(i)).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void handsAFailureToTheCallerAndGoesOnWorking() {
        try (Workers workers = new Workers(2)) {
            assertThatThrownBy(() -> workers.split(10, 1, (begin, end) -> {
                        throw new IllegalArgumentException("no");
                    }))
                    .hasRootCauseMessage("no");
            workers.split(10, 1, (begin, end) -> {});
        }
    }

    @Test
    void runsShortLoopsOfChangingLengthOneAfterTheOther() {
        try (Workers workers = new Workers(3)) {
            int[] runs = new int[64];
            for (int loop = 0; loop < 20_000; loop++) {
                int items = 2 + loop * 7 % 63;
                Arrays.fill(runs, 0);
                workers.split(items, 1 + loop % 3, (begin, end) -> {
                    for (int i = begin; i < end; i++) {
                        runs[i]++;
                    }
                });
                for (int i = 0; i < items; i++) {
                    assertThat(runs[i])
                            .as("item %d of %d in loop %d", i, items, loop)
                            .isEqualTo(1);
                }
            }
        }
    }
}
