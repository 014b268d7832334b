package dev.bantam.core;

import dev.bantam.api.ModelException;
import java.time.Duration;
import java.util.Optional;

/**
 * When a model is asked again.
 *
 * @param attempts how often in all
 * @param first the first pause; each further one is twice as long
 * @param longest no pause is longer, whatever a server asks for
 * @param pause sleeps; tests do not
 */
public record Retries(int attempts, Duration first, Duration longest, Pause pause) {

    /** Sleeps for a while. */
    @FunctionalInterface
    public interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    /** Five attempts within about a quarter of a minute. */
    public static final Retries STANDARD = new Retries(5, Duration.ofSeconds(1), Duration.ofMinutes(2), Thread::sleep);

    /** A server that nobody answers at is given up sooner: it is dead, not busy. */
    private static final int ATTEMPTS_UNREACHABLE = 3;

    /** The pause before the next attempt; empty when there is none. */
    Optional<Duration> after(ModelException failure, int attempt) {
        int allowed =
                failure.kind() == ModelException.Kind.UNREACHABLE ? Math.min(attempts, ATTEMPTS_UNREACHABLE) : attempts;
        if (!failure.retryable() || attempt >= allowed) {
            return Optional.empty();
        }
        Duration doubled = first.multipliedBy(1L << (attempt - 1));
        Duration wanted = failure.retryAfter().orElse(doubled);
        return wanted.compareTo(longest) > 0 && failure.retryAfter().isPresent()
                ? Optional.empty()
                : Optional.of(wanted.compareTo(longest) < 0 ? wanted : longest);
    }
}
