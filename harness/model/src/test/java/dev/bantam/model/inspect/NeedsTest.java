package dev.bantam.model.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.engine.Model;
import dev.bantam.engine.ModelFacts;
import dev.bantam.model.local.Box;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeedsTest {
    private static final Path FIXTURES = Path.of("../engine/src/test/resources/fixtures");

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
    void aTokenReadsARecurrentStateOnce() throws Exception {
        try (Model model = Opened.exact(FIXTURES.resolve("qwen35-Q4_K_M.gguf"))) {
            ModelFacts facts = model.facts();
            assertThat(facts.bytesPerMark()).isPositive();
            assertThat(new Needs(facts, 1, 16L << 30, 1e9).bytesPerToken(0))
                    .isEqualTo(facts.activeBytes() + facts.bytesPerMark());
        }
    }

    @Test
    void layersWithAWindowReadNoMoreThanIt() throws Exception {
        try (Model model = Opened.exact(FIXTURES.resolve("gpt-oss-MXFP4.gguf"))) {
            ModelFacts facts = model.facts();
            Needs needs = new Needs(facts, 1, 16L << 30, 1e9);
            int window = facts.windowTokens();
            assertThat(window).isPositive();
            assertThat(facts.windowBytesPerToken()).isEqualTo(facts.cacheBytesPerToken() / 2);
            assertThat(needs.bytesPerToken(window) - needs.bytesPerToken(0))
                    .isEqualTo(window * facts.cacheBytesPerToken());
            assertThat(needs.bytesPerToken(window + 10) - needs.bytesPerToken(window))
                    .isEqualTo(10 * (facts.cacheBytesPerToken() - facts.windowBytesPerToken()));
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
