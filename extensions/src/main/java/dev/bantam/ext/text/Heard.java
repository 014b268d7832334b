package dev.bantam.ext.text;

import dev.bantam.api.Message;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/** What a conversation holds that an extension asks for before it speaks. */
public record Heard(List<Message> conversation) {
    /** A file that the person mentioned stands behind the request in this form. */
    private static final Pattern FILES = Pattern.compile("<(file|folder) path=.*?</\\1>", Pattern.DOTALL);

    /** What the person asked for last, without the files that were put behind it; empty where it was compacted away. */
    public Optional<String> task() {
        return conversation.reversed().stream()
                .filter(message -> message instanceof Message.User user && user.origin() == Message.Origin.USER)
                .findFirst()
                .map(message -> FILES.matcher(message.text()).replaceAll(""));
    }

    /** Whether an extension has told the model this text, and it still stands there. */
    public boolean told(String text) {
        return conversation.stream()
                .anyMatch(message -> message instanceof Message.User user
                        && user.origin() == Message.Origin.HARNESS
                        && user.text().contains(text));
    }

    /**
     * About what the conversation costs.
     *
     * @param reported what the model reported with its last reply, that reply included; 0 when it reported nothing yet
     */
    public long tokens(long reported, ToIntFunction<String> counter) {
        long tokens = reported;
        for (Message message : conversation.reversed()) {
            if (reported > 0 && message instanceof Message.Assistant) {
                break;
            }
            tokens += counter.applyAsInt(message.text());
        }
        return tokens;
    }
}
