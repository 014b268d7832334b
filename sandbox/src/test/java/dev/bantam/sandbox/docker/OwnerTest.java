package dev.bantam.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnerTest {
    private final Owner self = Owner.self();

    @Test
    void isReadBackFromItsLabels() {
        Owner read = Owner.of(self.labels()).orElseThrow();

        assertThat(read.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(read.isGone()).isFalse();
    }

    @Test
    void isGoneWhenItsNumberBelongsToAnotherProcess() {
        assertThat(new Owner(self.host(), self.pid(), self.started().minusSeconds(60)).isGone())
                .isTrue();
    }

    @Test
    void isNeverGoneOnAnotherMachine() {
        assertThat(new Owner(self.host() + "2", self.pid(), self.started().minusSeconds(60)).isGone())
                .isFalse();
    }

    @Test
    void isNobodyWhereTheLabelsAreDamaged() {
        Map<String, String> labels = new HashMap<>(self.labels());
        labels.put(Owner.LABEL + ".pid", "many");

        assertThat(Owner.of(labels)).isEmpty();
        assertThat(Owner.of(Map.of())).isEmpty();
    }
}
