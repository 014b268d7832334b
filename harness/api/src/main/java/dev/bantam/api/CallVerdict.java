package dev.bantam.api;

/** Whether a tool call may run. */
public sealed interface CallVerdict {
    CallVerdict ALLOW = new Allow();

    record Allow() implements CallVerdict {}

    /**
     * The call does not run.
     *
     * @param text what the model reads: what was refused, why, and what to do instead
     * @param reason for people, in a few words
     */
    record Refuse(String text, String reason) implements CallVerdict {}
}
