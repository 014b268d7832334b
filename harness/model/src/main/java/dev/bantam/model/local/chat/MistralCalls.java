package dev.bantam.model.local.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code [TOOL_CALLS][{"name": …, "arguments": {…}}]}, and in newer models {@code [TOOL_CALLS]name[ARGS]{…}}, with an id
 * between in some, for each call. The reply ends after the calls.
 */
final class MistralCalls implements CallForm {
    private static final String OPENING = "[TOOL_CALLS]";
    private static final Pattern NAME =
            Pattern.compile("\\s*([\\w.-]+)\\s*(?:\\[CALL_ID]\\s*\\w+\\s*)?(?:\\[ARGS])?\\s*");

    @Override
    public String opening() {
        return OPENING;
    }

    @Override
    public String closing() {
        return "";
    }

    @Override
    public boolean endsInsideAString(CharSequence written) {
        return false;
    }

    @Override
    public List<Call> parse(String written) {
        String text = written.strip();
        return text.startsWith("[") ? list(text) : named(text);
    }

    private static List<Call> list(String text) {
        List<Call> calls = new ArrayList<>();
        int at = 1;
        while (true) {
            at = afterBlanks(text, at);
            int end = JsonCalls.end(text, at);
            Optional<Call> call = end < 0 ? Optional.empty() : JsonCalls.call(text.substring(at, end), "arguments");
            if (call.isEmpty()) {
                return List.of();
            }
            calls.add(call.get());
            at = afterBlanks(text, end);
            if (text.startsWith("]", at)) {
                return at + 1 == text.length() ? calls : List.of();
            }
            if (!text.startsWith(",", at++)) {
                return List.of();
            }
        }
    }

    private static List<Call> named(String text) {
        List<Call> calls = new ArrayList<>();
        int at = 0;
        Matcher name = NAME.matcher(text);
        while (name.region(at, text.length()).lookingAt()) {
            int end = JsonCalls.end(text, name.end());
            if (end < 0) {
                return List.of();
            }
            String raw = text.substring(name.end(), end);
            var arguments = JsonCalls.arguments(raw);
            if (arguments.isEmpty()) {
                return List.of();
            }
            calls.add(new Call(name.group(1), arguments.get(), Optional.of(raw)));
            at = afterBlanks(text, end);
            if (at == text.length()) {
                return calls;
            }
            if (!text.startsWith(OPENING, at)) {
                return List.of();
            }
            at += OPENING.length();
        }
        return List.of();
    }

    private static int afterBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
