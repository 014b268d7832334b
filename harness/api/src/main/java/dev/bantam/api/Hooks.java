package dev.bantam.api;

import java.util.List;
import java.util.Optional;

/**
 * What an extension does in one session. Event in, decision out: every answer other than "nothing" becomes a
 * {@link Event.Decided}, so that a trajectory shows who decided what. All are called on the session's thread.
 *
 * <p>Several extensions answer in the order of the settings. How their answers merge, and what an exception means:
 *
 * <table>
 * <caption>Merge rules</caption>
 * <tr><th>hook</th><th>several answers</th><th>an exception</th></tr>
 * <tr><td>{@link #offers}</td><td>a tool is left out when one of them will not have it</td><td>it is offered</td></tr>
 * <tr><td>{@link #rewritePrompt}</td><td>a chain</td><td>the text stays as it was</td></tr>
 * <tr><td>{@link #shapeOptions}</td><td>a chain</td><td>the options stay as they were</td></tr>
 * <tr><td>{@link #watchReply}</td><td>the first that has heard enough wins</td><td>the reply goes on</td></tr>
 * <tr><td>{@link #mendReply}</td><td>a chain: each sees what the one before made</td><td>the reply stays as it was</td></tr>
 * <tr><td>{@link #judgeCall}</td><td>the first refusal wins</td><td>the call is refused</td></tr>
 * <tr><td>{@link #prepareCall}</td><td>a chain</td><td>the call is refused</td></tr>
 * <tr><td>{@link #rewriteResult}</td><td>a chain</td><td>the result stays as it was</td></tr>
 * <tr><td>{@link #guide}</td><td>all are given, in order</td><td>no guidance from this one</td></tr>
 * <tr><td>{@link #onEvent}</td><td>all hear it</td><td>told once; this one hears no more events</td></tr>
 * <tr><td>{@link #judgeTurn}</td><td>the strongest wins: stop, escalate, let end, roll back, nudge, take up; nudges are joined</td>
 *     <td>no opinion</td></tr>
 * <tr><td>{@link #carried}</td><td>all are kept, in order</td><td>nothing of this one is kept</td></tr>
 * </table>
 */
public interface Hooks {
    /** Tools that it brings. Asked once, when the session opens. */
    default List<Tool> tools() {
        return List.of();
    }

    /** Commands that it brings for people at the prompt. Asked once. */
    default List<SlashCommand> commands() {
        return List.of();
    }

    /** Whether a tool is offered in this session at all. Asked once for each, when the session opens. */
    default boolean offers(ToolSpec tool) {
        return true;
    }

    /**
     * Rewrites what a person or the harness said, extensions included, and the system prompt, before the model reads it and
     * before it is written down.
     */
    default Optional<String> rewritePrompt(String text) {
        return Optional.empty();
    }

    /** Changes how one request is to be answered; the next one starts from the user's own options again. */
    default Optional<ChatRequest.Options> shapeOptions(ChatRequest.Options options) {
        return Optional.empty();
    }

    /**
     * Watches a reply while it is made, and may end it. What was said is set aside, as with a reply that was cut, and
     * {@link Halt#text} is told to the model instead. Called after each piece: it must be quick.
     */
    default Optional<Halt> watchReply(Streaming soFar) {
        return Optional.empty();
    }

    /** Watches. It sees its own decisions too. */
    default void onEvent(Event event) {}

    /** Repairs a reply before anything of it runs. Never asked for a reply that was cut. */
    default Optional<MendedReply> mendReply(Message.Assistant reply) {
        return Optional.empty();
    }

    /** Judges a call before it runs; names and arguments are those of the tool's schema. */
    default CallVerdict judgeCall(Part.ToolCall call) {
        return CallVerdict.ALLOW;
    }

    /**
     * Changes what an allowed call is run with; the conversation keeps what the model said.
     *
     * @return a call of the same tool
     */
    default Optional<Part.ToolCall> prepareCall(Part.ToolCall call) {
        return Optional.empty();
    }

    /** Rewrites a result before the model reads it. */
    default Optional<ToolResult> rewriteResult(Part.ToolCall call, ToolResult result) {
        return Optional.empty();
    }

    /**
     * Guidance for the next request. It goes to the tail, in the user's role, and stays in the conversation: what a
     * model has read is never taken out again, since that would cost reading all after it once more.
     *
     * @param conversation what the model will see, without this
     */
    default List<Guidance> guide(List<Message> conversation) {
        return List.of();
    }

    /** Judges a turn that is over: its reply and its tool results are in the conversation. */
    default TurnVerdict judgeTurn(Turn turn) {
        return TurnVerdict.NO_OPINION;
    }

    /** What a compaction must keep word for word. Asked at each; it is told under its title. Keep it short. */
    default List<Carried> carried() {
        return List.of();
    }

    /** The session is over. Ends what was started for it; must not take long. */
    default void close() {}

    /** A text that a compaction keeps, under a heading of its own. */
    record Carried(String title, String text) {}

    /**
     * A reply that is being made. The texts are views that are only valid during the call.
     *
     * @param turn counted from 1
     */
    record Streaming(int turn, CharSequence thinking, CharSequence text) {}

    /**
     * Why a reply was ended.
     *
     * @param text told to the model in its place, with what is worth keeping of it
     */
    record Halt(String text, String reason) {}

    /**
     * A repaired reply.
     *
     * @param steps one sentence for each repair; each becomes an event
     */
    record MendedReply(List<Part> parts, List<String> steps) {
        public MendedReply {
            parts = List.copyOf(parts);
            steps = List.copyOf(steps);
        }
    }

    /** A text for the model, and why it gets it. */
    record Guidance(String text, String reason) {}

    /**
     * A finished turn.
     *
     * @param number counted from 1
     * @param results in the order of the reply's calls; empty when it had none
     * @param last whether the run will end unless somebody objects: no call was made, and nothing waits
     */
    record Turn(int number, Message.Assistant reply, List<Message.ToolReply> results, boolean last) {
        public Turn {
            results = List.copyOf(results);
        }
    }
}
