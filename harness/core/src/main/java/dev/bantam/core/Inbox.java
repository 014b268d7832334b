package dev.bantam.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What the person says while a run goes on. Filled by any thread, emptied by the session's. */
public final class Inbox {
    private final Deque<String> steering = new ArrayDeque<>();
    private final Deque<String> queued = new ArrayDeque<>();

    /** Reaches the model before its next request. */
    public synchronized void steer(String text) {
        steering.add(text);
    }

    /** Waits until the run would end, and goes on from there. */
    public synchronized void queue(String text) {
        queued.add(text);
    }

    synchronized List<String> takeSteering() {
        List<String> taken = new ArrayList<>(steering);
        steering.clear();
        return taken;
    }

    /** Puts back what could not be delivered, before what came since. */
    synchronized void putBack(List<String> texts) {
        texts.reversed().forEach(steering::addFirst);
    }

    synchronized Optional<String> takeQueued() {
        return Optional.ofNullable(queued.poll());
    }

    synchronized boolean hasSteering() {
        return !steering.isEmpty();
    }

    /** Takes everything back, oldest first: after a cancelled run the person decides anew. */
    public synchronized List<String> clear() {
        List<String> taken = takeSteering();
        taken.addAll(queued);
        queued.clear();
        return taken;
    }
}
