package dev.bantam.app;

import dev.bantam.api.Event;

/** The exit codes. */
final class Exit {
    static final int COMPLETED = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int STOPPED = 3;
    static final int INTERRUPTED = 130;

    private Exit() {}

    static int of(Event.Outcome outcome) {
        return switch (outcome) {
            case COMPLETED -> COMPLETED;
            case FAILED -> FAILED;
            case STOPPED -> STOPPED;
            case CANCELLED -> INTERRUPTED;
        };
    }
}
