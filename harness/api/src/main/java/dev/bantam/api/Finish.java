package dev.bantam.api;

/** Why a reply ended. */
public enum Finish {
    /** The model ended its turn with text. */
    STOP,
    /** The model ended its turn with tool calls. */
    TOOL_CALLS,
    /** The limit of output tokens or the window cut the reply. Nothing of it is ever executed. */
    LENGTH,
    /** The engine ended an exact repetition of tokens. */
    LOOP,
    /** The user, or the end of the run, cut it. */
    CANCELLED,
    /** The harness had heard enough, see {@link Hooks#watchReply}. Nothing of it is ever executed. */
    HALTED;

    /** The word used in events, such as {@code tool_calls}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
