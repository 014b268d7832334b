package dev.bantam.model.local.chat;

import java.util.List;

/** {@code <tool_call>{"name": …, "arguments": {…}}</tool_call>}. */
final class HermesCalls implements CallForm {
    @Override
    public String opening() {
        return "<tool_call>";
    }

    @Override
    public String closing() {
        return "</tool_call>";
    }

    @Override
    public boolean endsInsideAString(CharSequence written) {
        return JsonCalls.endsInsideAString(written);
    }

    @Override
    public List<Call> parse(String written) {
        return JsonCalls.call(written, "arguments").stream().toList();
    }
}
