package dev.bantam.ext.secretmask;

import java.util.regex.Pattern;

/** Tells values that a machine made from words, names and examples. */
final class Randomness {
    private static final double LEAST_BITS = 3.0; // Shannon's entropy of a character
    private static final int SHORTEST = 10;
    private static final Pattern STANDS_FOR = Pattern.compile(
            "(?i)[$%{<(\\[].*|.*[(){}<>].*|.*[$][({].*|.*\\*{3}.*|x{3,}.*|.*\\.\\.\\..*|(your|my|some|the|test|dummy|fake|example|sample|changeme)[-_ ]?.*"
                    + "|pass(word|wd)?|pwd|pw|secret|token|user|admin|root|guest|postgres|mysql|foo|bar|example|changeme");

    private Randomness() {}

    /** Whether it is an example, a variable, or an expression. */
    static boolean standsForAValue(String value) {
        return STANDS_FOR.matcher(value).matches();
    }

    static boolean looksRandom(String value) {
        if (value.length() < SHORTEST || standsForAValue(value)) {
            return false;
        }
        boolean letters = value.chars().anyMatch(Character::isLetter);
        boolean digits = value.chars().filter(Character::isDigit).count() >= 2;
        return letters && digits && bits(value) >= LEAST_BITS;
    }

    private static double bits(String value) {
        int[] counts = new int[128];
        value.chars().forEach(it -> counts[Math.min(it, 127)]++);
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / value.length();
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }
}
