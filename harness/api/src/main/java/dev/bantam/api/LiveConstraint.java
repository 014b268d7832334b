package dev.bantam.api;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Binds a string argument to the state of the workspace while it is sampled. */
public sealed interface LiveConstraint {
    /** The name of the argument that is bound. */
    String argument();

    /**
     * The argument is one of a set, such as the paths that exist. Asked once, when the model opens the string; an empty
     * set leaves the argument free.
     */
    record OneOf(String argument, Supplier<? extends Collection<String>> choices) implements LiveConstraint {}

    /**
     * The argument occurs in a text, such as the file to be edited.
     *
     * @param text given the arguments already sampled in this call; empty leaves the argument free
     */
    record SubstringOf(String argument, Function<Arguments, Optional<String>> text) implements LiveConstraint {}
}
