package dev.bantam.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeadlineTest {
    private static final Pattern ENDLESS = Pattern.compile("^(a+)+\\1$");

    @Test
    void endsAnExpressionThatNeverEnds() {
        CharSequence text = new Deadline(Duration.ofMillis(100)).watch("a".repeat(60) + "b");

        assertThatThrownBy(() -> ENDLESS.matcher(text).find()).isInstanceOf(Deadline.Passed.class);
    }

    @Test
    void endsItWhenTheThreadIsInterrupted() {
        CharSequence text = new Deadline(Duration.ofHours(1)).watch("a".repeat(60) + "b");
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> ENDLESS.matcher(text).find()).isInstanceOf(Deadline.Passed.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void changesNothingBeforeThat() {
        CharSequence text = new Deadline(Duration.ofHours(1)).watch("some text");

        assertThat(Pattern.compile("t(ex)t").matcher(text).results().map(result -> result.group(1)))
                .containsExactly("ex");
    }
}
