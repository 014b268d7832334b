package dev.bantam.testkit;

import dev.bantam.api.Arguments;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One way in which a {@link WeakModel} goes wrong.
 *
 * @param wrong what it says until it is helped, one after the other and then again from the first
 * @param cure what helps it
 * @param right what it says then
 * @param patience how often it says a wrong thing before it gives up and ends its turn
 */
public record Slip(List<Message.Assistant> wrong, Cure cure, Message.Assistant right, int patience) {
    private static final int USUAL_PATIENCE = 3;

    public Slip {
        wrong = List.copyOf(wrong);
    }

    /** What the model sees of its own slip. */
    public record Seen(ChatRequest request, List<Message> since, int tries) {
        /** What was said since this slip was reached, by anybody but the model. */
        public String told() {
            return since.stream()
                    .filter(message -> !(message instanceof Message.Assistant))
                    .map(Message::text)
                    .collect(Collectors.joining("\n"));
        }

        /** All that the request holds, the system prompt included. */
        public String everything() {
            return request.system() + "\n"
                    + request.messages().stream().map(Message::text).collect(Collectors.joining("\n"));
        }

        /** Whether somebody showed it a call of this tool, with all these arguments by their names, on one line. */
        public boolean shows(String tool, String... arguments) {
            return told().lines()
                    .anyMatch(line -> line.contains(tool + " {")
                            && List.of(arguments).stream().allMatch(name -> line.contains("\"" + name + "\":")));
        }
    }

    /** Decides whether a small model could do the right thing now. */
    @FunctionalInterface
    public interface Cure {
        boolean helps(Seen seen);
    }

    /** It does the right thing at once: no slip, but a step between two. */
    public static Slip none(Message.Assistant right) {
        return new Slip(List.of(right), seen -> true, right, 0);
    }

    /** It goes wrong until somebody tells it all of these words; three times at most. */
    public static Slip until(Message.Assistant wrong, Message.Assistant right, String... words) {
        return unless(
                seen -> seen.tries() > 0 && List.of(words).stream().allMatch(seen.told()::contains), wrong, right);
    }

    /** It goes wrong unless this is so, from its first try on. */
    public static Slip unless(Cure cure, Message.Assistant wrong, Message.Assistant right) {
        return new Slip(List.of(wrong), cure, right, USUAL_PATIENCE);
    }

    /** It goes wrong until it has read something, then does the right thing whatever it read. */
    public static Slip once(Message.Assistant wrong, Message.Assistant right) {
        return new Slip(List.of(wrong), seen -> seen.tries() > 0, right, 1);
    }

    /** It goes round in circles until somebody tells it all of these words; as often as its patience lasts. */
    public static Slip circles(int patience, Message.Assistant right, List<Message.Assistant> wrong, String... words) {
        return new Slip(
                wrong,
                seen -> seen.tries() > 0 && List.of(words).stream().allMatch(seen.told()::contains),
                right,
                patience);
    }

    /** A reply that is text alone. */
    public static Message.Assistant says(String text) {
        return new Message.Assistant(List.of(new Part.Text(text)), Finish.STOP);
    }

    /** A reply that is thinking alone. */
    public static Message.Assistant thinks(String text) {
        return new Message.Assistant(List.of(new Part.Thinking(text)), Finish.STOP);
    }

    /** A reply that calls one tool; a conversation makes ids that occur twice unique. */
    public static Message.Assistant calls(String tool, Object... namesAndValues) {
        return new Message.Assistant(
                List.of(new Part.ToolCall("weak", tool, Arguments.of(namesAndValues))), Finish.TOOL_CALLS);
    }
}
