package dev.bantam.app.setup;

import java.util.Locale;

/** Large numbers as people read them. */
public final class Sizes {
    private Sizes() {}

    /** Such as {@code 4.7 GB}, in powers of ten, as disks and downloads are counted. */
    public static String bytes(long bytes) {
        return bytes < 1_000 ? bytes + " B" : scaled(bytes) + "B";
    }

    /** Such as {@code 30.5 G}. */
    public static String count(long number) {
        return number < 1_000 ? Long.toString(number) : scaled(number);
    }

    private static String scaled(double number) {
        String units = "kMGT";
        int unit = -1;
        while (number >= 999.5 && unit < units.length() - 1) {
            number /= 1_000;
            unit++;
        }
        return String.format(Locale.ROOT, number < 99.95 ? "%.1f %c" : "%.0f %c", number, units.charAt(unit));
    }
}
