package dev.bantam.tui;

import dev.bantam.api.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A tool call in a few words: the tool, what it is about, and how much it changes. */
final class CallSummary {
    private static final List<String> SUBJECTS = List.of("path", "command", "pattern", "query", "url", "name");

    private CallSummary() {}

    static String of(Part.ToolCall call) {
        List<String> words = new ArrayList<>();
        words.add(call.tool());
        subject(call).ifPresent(words::add);
        lineCounts(call).ifPresent(words::add);
        return Clean.line(String.join(" ", words));
    }

    private static Optional<String> subject(Part.ToolCall call) {
        Optional<String> pattern = call.arguments().optionalText("pattern");
        Optional<String> path = call.arguments().optionalText("path");
        if (pattern.isPresent() && path.isPresent()) {
            return Optional.of(pattern.get() + " in " + path.get());
        }
        Stream<Object> known = SUBJECTS.stream().map(call.arguments().values()::get);
        return Stream.concat(known, call.arguments().values().values().stream())
                .filter(Objects::nonNull)
                .map(Object::toString)
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    private static Optional<String> lineCounts(Part.ToolCall call) {
        return switch (call.tool()) {
            case "edit" -> Optional.of("(+" + lines(call, "new_text") + " −" + lines(call, "old_text") + ")");
            case "write" -> Optional.of("(+" + lines(call, "content") + ")");
            default -> Optional.empty();
        };
    }

    private static long lines(Part.ToolCall call, String argument) {
        return call.arguments().optionalText(argument).stream()
                .flatMap(String::lines)
                .count();
    }
}
