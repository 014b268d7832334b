package dev.bantam.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SamplerTest {
    /** Probabilities 0.5, 0.25, 0.15, 0.1. */
    private static final float[] LOGITS = logs(0.15, 0.5, 0.1, 0.25);

    @Test
    void takesTheLikeliestTokenAtTemperatureZero() {
        Sampler.Choice choice = new Sampler(SamplerSettings.greedy()).sample(LOGITS);
        assertThat(choice.token()).isEqualTo(1);
        assertThat(choice.logProbability()).isCloseTo((float) Math.log(0.5), offset(1e-5f));
    }

    @Test
    void followsTheProbabilities() {
        int[] counts = new int[4];
        Sampler sampler = new Sampler(SamplerSettings.temperature(1, 5));
        for (int i = 0; i < 20_000; i++) {
            counts[sampler.sample(LOGITS).token()]++;
        }
        assertThat(Arrays.stream(counts).mapToDouble(n -> n / 20_000.0).toArray())
                .containsExactly(new double[] {0.15, 0.5, 0.1, 0.25}, offset(0.015));
    }

    @Test
    void keepsOnlyWhatTheSettingsLeave() {
        assertThat(drawn(new SamplerSettings(1, 2, 1, 0, 1, 0, 1))).containsExactly(1, 3);
        assertThat(drawn(new SamplerSettings(1, 0, 0.6f, 0, 1, 0, 1))).containsExactly(1, 3);
        assertThat(drawn(new SamplerSettings(1, 0, 0.01f, 0, 1, 0, 1))).containsExactly(1);
        assertThat(drawn(new SamplerSettings(1, 0, 1, 0.25f, 1, 0, 1))).containsExactly(0, 1, 3);
        assertThat(drawn(new SamplerSettings(0.01f, 0, 1, 0, 1, 0, 1))).containsExactly(1);
    }

    @Test
    void penalisesTokensThatCameLately() {
        Sampler repetition = new Sampler(new SamplerSettings(0, 0, 1, 0, 2, 0, 1));
        repetition.accept(1);
        assertThat(repetition.sample(new float[] {1.5f, 2f, -1f}).token()).isZero();
        repetition.accept(0);
        assertThat(repetition.sample(new float[] {-1f, -1f, -1.5f}).token()).isEqualTo(2);
        Sampler frequency = new Sampler(new SamplerSettings(0, 0, 1, 0, 1, 0.5f, 1));
        float[] logits = {2f, 2.75f};
        frequency.accept(1);
        assertThat(frequency.sample(logits).token()).isEqualTo(1);
        frequency.accept(1);
        assertThat(frequency.sample(logits).token()).isZero();
        for (int i = 0; i < Sampler.PENALTY_WINDOW; i++) {
            frequency.accept(0);
        }
        assertThat(frequency.sample(logits).token()).isEqualTo(1);
    }

    @Test
    void neverChoosesAForbiddenToken() {
        float[] masked = LOGITS.clone();
        masked[1] = Float.NEGATIVE_INFINITY;
        Sampler sampler = new Sampler(SamplerSettings.temperature(5, 2));
        for (int i = 0; i < 1000; i++) {
            assertThat(sampler.sample(masked).token()).isNotEqualTo(1);
        }
        Arrays.fill(masked, Float.NEGATIVE_INFINITY);
        assertThatThrownBy(() -> sampler.sample(masked)).hasMessageContaining("no token can be chosen");
        Arrays.fill(masked, Float.NaN);
        assertThatThrownBy(() -> sampler.sample(masked)).hasMessageContaining("no token can be chosen");
    }

    @Test
    void findsTheLargestLogitsInAnyNumber() {
        Random random = new Random(9);
        float[] logits = new float[5000];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = random.nextInt(2000) - 1000;
        }
        int[] all = Candidates.largest(logits, logits.length);
        for (int i = 1; i < all.length; i++) {
            assertThat(logits[all[i - 1]]).isGreaterThanOrEqualTo(logits[all[i]]);
            assertThat(logits[all[i - 1]] > logits[all[i]] || all[i - 1] < all[i])
                    .isTrue();
        }
        for (int k : new int[] {1, 40, 256, 257}) {
            assertThat(Candidates.largest(logits, k)).isEqualTo(Arrays.copyOf(all, k));
        }
    }

    @Test
    void refusesSettingsThatMeanNothing() {
        assertThatThrownBy(() -> SamplerSettings.temperature(-1, 0))
                .hasMessage("temperature is -1.0; allowed: 0 to 100");
        assertThatThrownBy(() -> new SamplerSettings(1, 0, 0, 0, 1, 0, 0)).hasMessageContaining("topP is 0.0");
    }

    private static Set<Integer> drawn(SamplerSettings settings) {
        Set<Integer> drawn = new TreeSet<>();
        Sampler sampler = new Sampler(settings);
        for (int i = 0; i < 2000; i++) {
            drawn.add(sampler.sample(LOGITS).token());
        }
        return drawn;
    }

    private static float[] logs(double... probabilities) {
        float[] logits = new float[probabilities.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (Math.log(probabilities[i]) + 3);
        }
        return logits;
    }
}
