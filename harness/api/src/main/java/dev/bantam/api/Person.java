package dev.bantam.api;

import java.util.List;
import java.util.Optional;

/** The person at the terminal, who can be asked while a run goes on. Called on the session's thread. */
@FunctionalInterface
public interface Person {
    /**
     * Lets the person choose.
     *
     * @param question what it is about, in full: nothing else is shown
     * @param choices a line each
     * @return the index of a choice, from 0; empty when the person will not choose
     */
    Optional<Integer> choose(String question, List<String> choices);
}
