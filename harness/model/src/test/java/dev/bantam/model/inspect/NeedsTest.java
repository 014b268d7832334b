package dev.bantam.model.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.engine.Model;
import dev.bantam.engine.ModelFacts;
import dev.bantam.model.local.Box;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeedsTest {
    @TempDir
    private Path folder;

    @Test
    void aLongerContextNeedsMoreMemoryAndIsSlower() throws Exception {
        try (Model model = Opened.exact(Box.file(folder))) {
            ModelFacts facts = model.facts();
            Needs one = new Needs(facts, 1, 16L << 30, 1e9);
            Needs many = new Needs(facts, 1001, 16L << 30, 1e9);
            assertThat(many.bytes() - one.bytes()).isEqualTo(1000 * facts.cacheBytesPerToken());
            assertThat(one.limit(0)).isEqualTo(1e9 / facts.activeBytes());
            assertThat(one.limit(1000)).isLessThan(one.limit(0));
        }
    }

    @Test
    void whatIsLargerThanTheMachineDoesNotFit() throws Exception {
        try (Model model = Opened.exact(Box.file(folder))) {
            Needs needs = new Needs(model.facts(), 1000, Long.MAX_VALUE, 1e9);
            assertThat(needs.fits()).isTrue();
            assertThat(new Needs(model.facts(), 1000, needs.bytes(), 1e9).fits())
                    .isTrue();
            assertThat(new Needs(model.facts(), 1000, needs.bytes() - 1, 1e9).fits())
                    .isFalse();
        }
    }
}
