package dev.bantam.model.local.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code {"name": …, "parameters": {…}}} as the whole reply, or after {@code <|python_tag|>}; several with semicolons
 * between.
 */
final class Llama3Calls implements CallForm {
    @Override
    public String opening() {
        return "<|python_tag|>";
    }

    @Override
    public boolean bare() {
        return true;
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
        List<Call> calls = new ArrayList<>();
        for (String rest = written.strip(); !rest.isEmpty(); ) {
            int end = JsonCalls.end(rest, 0);
            if (end < 0) {
                return List.of();
            }
            String object = rest.substring(0, end);
            Optional<Call> call = JsonCalls.call(object, "parameters").or(() -> JsonCalls.call(object, "arguments"));
            rest = rest.substring(end).strip();
            if (call.isEmpty() || !rest.isEmpty() && !rest.startsWith(";")) {
                return List.of();
            }
            calls.add(call.get());
            rest = rest.isEmpty() ? rest : rest.substring(1).strip();
        }
        return calls;
    }
}
