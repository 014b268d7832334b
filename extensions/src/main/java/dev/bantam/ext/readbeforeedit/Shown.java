package dev.bantam.ext.readbeforeedit;

import dev.bantam.api.Message;
import java.util.List;
import java.util.stream.Stream;

/** Whether a conversation holds a file as it is now, whichever way it came there. */
final class Shown {
    private Shown() {}

    static boolean in(List<Message> conversation, String file) {
        String whole = file.replace("\r\n", "\n").strip();
        return !whole.isEmpty()
                && conversation.stream()
                        .flatMap(Shown::texts)
                        .anyMatch(text -> text.replace("\r\n", "\n").contains(whole));
    }

    /** Whether a tool's result showed this piece together with the file's name: a hit of a search, a trace, a refusal. */
    static boolean piece(List<Message> conversation, String path, String piece) {
        return !piece.isBlank()
                && conversation.stream()
                        .filter(Message.ToolReply.class::isInstance)
                        .map(Message::text)
                        .anyMatch(text -> text.contains(path) && text.contains(piece.strip()));
    }

    private static Stream<String> texts(Message message) {
        return switch (message) {
            case Message.User user -> Stream.of(user.text());
            case Message.ToolReply reply -> Stream.of(reply.text());
            case Message.Assistant assistant ->
                assistant.toolCalls().stream()
                        .flatMap(call -> call.arguments().values().values().stream())
                        .map(String::valueOf);
        };
    }
}
