package dev.bantam.model.server;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads how long a busy server asks to wait: {@code retry-after-ms}, or {@code retry-after} as seconds or a date. */
final class RetryAfter {
    private RetryAfter() {}

    static Optional<Duration> of(Answer answer, Instant now) {
        return answer.header("retry-after-ms")
                .flatMap(value -> number(value, 1))
                .or(() -> answer.header("retry-after")
                        .flatMap(value -> number(value, 1_000).or(() -> date(value, now))));
    }

    private static Optional<Duration> number(String value, int millis) {
        return value.strip().matches("\\d{1,9}(\\.\\d{1,9})?")
                ? Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(value.strip()) * millis)))
                : Optional.empty();
    }

    private static Optional<Duration> date(String value, Instant now) {
        try {
            Instant until = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
