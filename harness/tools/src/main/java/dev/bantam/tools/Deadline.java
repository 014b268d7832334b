package dev.bantam.tools;

import java.time.Duration;

/**
 * Ends a regular expression that takes too long. The JDK's matcher cannot be stopped, but it asks its text for each
 * character, and the text can refuse.
 */
final class Deadline {
    private final long end;

    Deadline(Duration time) {
        this(System.nanoTime() + time.toNanos());
    }

    private Deadline(long end) {
        this.end = end;
    }

    /** This one, or an earlier one after that time. */
    Deadline within(Duration time) {
        return new Deadline(Math.min(0, System.nanoTime() + time.toNanos() - end) + end);
    }

    /** The time is over. */
    static final class Passed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Passed() {
            super("the time limit has passed", null, false, false);
        }
    }

    /** The same text, which throws {@link Passed} from the deadline on, and when the thread is interrupted. */
    CharSequence watch(String text) {
        check();
        return new Watched(text);
    }

    /** @throws Passed as the text does */
    void check() {
        if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
            throw new Passed();
        }
    }

    private final class Watched implements CharSequence {
        private final String text;
        private int asked;

        Watched(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if ((++asked & 0xFFFF) == 0) {
                check();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
