package dev.bantam.tui;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Figures {
    private Figures() {}

    /** {@code 512}, {@code 12.4k}, {@code 31k}, {@code 1.2M}. */
    static String tokens(long count) {
        if (count < 1_000) {
            return Long.toString(count);
        }
        return count < 999_950 ? shortened(count / 1e3) + "k" : shortened(count / 1e6) + "M";
    }

    private static String shortened(double value) {
        String text = String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** {@code 12 ms}, {@code 3.2 s}, {@code 45 s}, {@code 2 min 5 s}, {@code 1 h 4 min}. */
    static String time(Duration time) {
        long millis = Math.max(0, time.toMillis());
        long seconds = millis / 1_000;
        if (millis < 100) {
            return millis + " ms";
        } else if (millis < 9_950) {
            return shortened(millis / 1e3) + " s";
        } else if (seconds < 60) {
            return seconds + " s";
        } else if (seconds < 3_600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min";
    }

    /** Like {@link #time}, in whole seconds: for a figure that is redrawn as it grows. */
    static String wholeSeconds(Duration time) {
        return time.toSeconds() < 10 ? Math.max(0, time.toSeconds()) + " s" : time(time);
    }

    /** {@code 410/s}, {@code 9.8/s}. */
    static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 20 ? "%.1f/s" : "%.0f/s", perSecond);
    }

    static String percent(long part, long whole) {
        return (whole == 0 ? 0 : Math.round(100.0 * part / whole)) + " %";
    }
}
