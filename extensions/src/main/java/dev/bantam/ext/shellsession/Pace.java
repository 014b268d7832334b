package dev.bantam.ext.shellsession;

import java.time.Duration;

/**
 * How long is waited for what.
 *
 * @param sure quiet after which an unmistakable prompt counts
 * @param likely quiet after which any other prompt counts
 * @param grace for a program to end after Ctrl-C
 * @param start for the shell to be ready
 * @param jobStart for the first output of a job
 */
record Pace(Duration sure, Duration likely, Duration grace, Duration start, Duration jobStart) {
    static final Pace USUAL = new Pace(
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(2),
            Duration.ofSeconds(20),
            Duration.ofSeconds(3));
}
