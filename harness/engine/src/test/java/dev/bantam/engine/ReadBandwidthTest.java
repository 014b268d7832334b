package dev.bantam.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadBandwidthTest {
    @Test
    void givesARateEvenWhenThereIsNoTime() throws Exception {
        assertThat(ReadBandwidth.measure(3, Duration.ZERO)).isPositive().isFinite();
    }
}
