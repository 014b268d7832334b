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
 * <tr><td>{@link #mendReply}</td><td>a chain: each sees what the one before made</td><td>the reply stays as it was</td></tr>
 * <tr><td>{@link #judgeCall}</td><td>the first refusal wins</td><td>the call is refused</td></tr>
 * <tr><td>{@link #rewriteResult}</td><td>a chain</td><td>the result stays as it was</td></tr>
 * <tr><td>{@link #guide}</td><td>all are given, in order</td><td>no guidance from this one</td></tr>
 * <tr><td>{@link #onEvent}</td><td>all hear it</td><td>told once; this one hears no more events</td></tr>
 * <tr><td>{@link #judgeTurn}</td><td>the strongest wins: stop, escalate, roll back, nudge, take up; nudges are joined</td>
 *     <td>no opinion</td></tr>
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
