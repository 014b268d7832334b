package dev.bantam.engine;

import java.util.function.Consumer;

/**
 * Steers a generation from token to token: holds it to a language, puts tokens in, takes a turn up again, or ends it. Called
 * on the generation's thread.
 */
public interface Steering {
    /** Lets the model go where it wants. */
    Steering FREE = choice -> Next.GO;

    /** Asked before the first token is chosen. */
    default Next atStart() {
        return Next.GO;
    }

    /** Only listens. */
    static Steering listening(Consumer<Sampler.Choice> listener) {
        return choice -> {
            listener.accept(choice);
            return Next.GO;
        };
    }

    /**
     * Told of each token once it is in the sequence, whoever chose it. What it throws ends the generation; the token counts
     * as generated.
     */
    Next after(Sampler.Choice choice);

    /**
     * Asked when the model wants to end its turn; its end token is in neither the sequence nor the result. {@link Next#GO}
     * lets it end; to put tokens in is to take the turn up again.
     */
    default Next atEnd() {
        return Next.GO;
    }

    /** What should happen next. */
    sealed interface Next {
        Next GO = new Go();

        /** Nothing special. */
        record Go() implements Next {}

        /** Holds what follows to a language, until it is complete. Replaces what it is held to now. */
        record Hold(Constraint constraint) implements Next {}

        /** Puts these tokens in, in one batch, as if the model had chosen them. What is held to is let go. */
        record Insert(int[] tokens) implements Next {}

        /** Ends the generation for this reason. */
        record Stop(Generation.Finish finish) implements Next {}
    }
}
