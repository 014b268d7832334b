package dev.bantam.api;

/** What should follow a finished turn. Listed from the weakest to the strongest. */
public sealed interface TurnVerdict {
    TurnVerdict NO_OPINION = new NoOpinion();

    /** Goes on if there were calls, ends if there were none. */
    record NoOpinion() implements TurnVerdict {}

    /** Tells the model something before its next request, and goes on even if it wanted to end. */
    record Nudge(String text, String reason) implements TurnVerdict {}

    /**
     * Lets the model go on with a reply that ended before it did what it announced: a tool call is opened where it ended.
     * Where a model cannot be held to that, the nudge is sent instead.
     */
    record TakeUp(String nudge, String reason) implements TurnVerdict {}

    /**
     * Takes the turn back: it leaves the conversation, files stay as they are. Costs nothing where the model can roll
     * back; elsewhere the server reads again from there.
     *
     * @param text told to the model instead
     */
    record RollBack(String text, String reason) implements TurnVerdict {}

    /** Lets a run that would end by itself end, whatever weaker verdicts say: there is no room to act on them. */
    record LetEnd(String reason) implements TurnVerdict {}

    /** Asks for a stronger model. Without one the run stops. */
    record Escalate(String reason) implements TurnVerdict {}

    /** Ends the run by a limit. */
    record Stop(String reason) implements TurnVerdict {}
}
