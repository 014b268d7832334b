package dev.bantam.engine.grammar;

import java.util.List;

/** What a string may be, before it is escaped. */
public sealed interface Bound {
    Bound FREE = new Free();

    /** Anything that the schema allows. */
    record Free() implements Bound {}

    /** One of these; none leaves it free. */
    record OneOf(List<String> choices) implements Bound {
        public OneOf {
            choices = List.copyOf(choices);
        }
    }

    /** A part of this text that is not empty; an empty text leaves it free. */
    record SubstringOf(String text) implements Bound {}
}
