package dev.bantam.api;

/** Hears events in order, on the session's thread. */
@FunctionalInterface
public interface EventListener {
    void on(Event event);
}
