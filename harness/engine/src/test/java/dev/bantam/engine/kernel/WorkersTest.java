package dev.bantam.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
