package dev.bantam.api;

/** Hears a reply while it is made. Called on the thread that asks the model; it must not block for long. */
public interface ReplyListener {
    /** Hears nothing. */
    ReplyListener NONE = new ReplyListener() {};

    /**
     * The model is reading its prompt.
     *
     * @param done tokens read so far, the cached ones included
     * @param total tokens of the prompt; 0 while it is not known
     * @param cached tokens that needed no reading
     * @param tokensPerSecond 0 while it is not known
     */
    default void prefill(long done, long total, long cached, double tokensPerSecond) {}

    /** Visible text that is new. */
    default void text(String delta) {}

    /** Thinking that is new. */
    default void thinking(String delta) {}

    /**
     * Whether no more of this reply is wanted. Asked after each piece; the model then ends the reply with
     * {@link Finish#HALTED} as soon as it can, at its server too.
     */
    default boolean enough() {
        return false;
    }
}
