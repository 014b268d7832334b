package dev.bantam.model.local.chat;

import dev.bantam.api.ChatRequest;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A conversation in the form that chat templates expect: OpenAI's messages. */
final class TemplateMessages {
    /**
     * What a template can do; what it cannot is said in other words, in the text of messages that it knows.
     *
     * @param system whether it prints a system prompt
     * @param tools whether it prints the list of tools
     * @param calls whether it prints calls
     * @param results whether it prints tools' results
     * @param argumentText whether it wants a call's arguments as JSON text, and not as an object
     * @param emptyTools whether it wants an empty list of tools where there are none
     */
    record Abilities(
            boolean system, boolean tools, boolean calls, boolean results, boolean argumentText, boolean emptyTools) {
        static final Abilities ALL = new Abilities(true, true, true, true, false, false);

        Abilities withArgumentText() {
            return new Abilities(system, tools, calls, results, true, emptyTools);
        }

        Abilities withEmptyTools() {
            return new Abilities(system, tools, calls, results, argumentText, true);
        }
    }

    private final Disguise disguise;
    private final Abilities abilities;
    private final Predicate<Message.Assistant> known;

    /** @param known whether a reply's tokens are known, so that only a stand-in is rendered */
    TemplateMessages(Disguise disguise, Abilities abilities, Predicate<Message.Assistant> known) {
        this.disguise = disguise;
        this.abilities = abilities;
        this.known = known;
    }

    /** The list of functions; null, or empty, when there is none to print. */
    Object tools(ChatRequest request) {
        return request.tools().isEmpty() || !abilities.tools()
                ? abilities.emptyTools() ? List.of() : null
                : disguise.hide(
                        request.tools().stream().map(Functions::signature).toList());
    }

    /** The first {@code count} messages, the system prompt before them. */
    List<Object> of(ChatRequest request, int count) {
        List<Object> messages = new ArrayList<>();
        String system = systemText(request);
        boolean pendingSystem = !system.isEmpty();
        if (pendingSystem && abilities.system()) {
            messages.add(message("system", system));
            pendingSystem = false;
        }
        Map<String, String> ids = new HashMap<>();
        for (int i = 0; i < count; i++) {
            switch (request.messages().get(i)) {
                case Message.User user -> {
                    messages.add(message("user", disguise.hide(user.text())));
                }
                case Message.Assistant assistant -> messages.add(reply(assistant, i, ids));
                case Message.ToolReply reply -> result(reply, ids, messages);
            }
            if (pendingSystem && messages.getLast() instanceof Map<?, ?> first) {
                messages.removeLast();
                messages.add(message((String) first.get("role"), system + "\n\n" + first.get("content")));
                pendingSystem = false;
            }
        }
        return messages;
    }

    private String systemText(ChatRequest request) {
        String system = disguise.hide(request.system());
        if (abilities.tools() || request.tools().isEmpty()) {
            return system;
        }
        return (system.isEmpty() ? "" : system + "\n\n") + disguise.hide(ChatMl.toolsText(request.tools()));
    }

    private static Map<String, Object> message(String role, Object content) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", role);
        message.put("content", content);
        return message;
    }

    private Map<String, Object> reply(Message.Assistant reply, int number, Map<String, String> ids) {
        List<Part.ToolCall> calls = reply.toolCalls();
        calls.forEach(call -> ids.put(call.id(), id(ids.size() + 1)));
        if (known.test(reply)) {
            Map<String, Object> message =
                    message("assistant", calls.isEmpty() || !abilities.calls() ? Disguise.standIn(number) : "");
            if (!calls.isEmpty() && abilities.calls()) {
                Part.ToolCall call = calls.getFirst();
                message.put("tool_calls", List.of(function(call, ids, Map.of("reply", Disguise.standIn(number)))));
            }
            return message;
        }
        if (!abilities.calls()) {
            return message("assistant", disguise.hide(ChatMl.rendered(reply)));
        }
        Map<String, Object> message = message("assistant", disguise.hide(reply.text()));
        if (!reply.thinking().isBlank()) {
            message.put("reasoning_content", disguise.hide(reply.thinking()));
        }
        if (!calls.isEmpty()) {
            message.put(
                    "tool_calls",
                    calls.stream()
                            .map(call -> function(call, ids, disguise.hide((Object)
                                    call.arguments().values())))
                            .toList());
        }
        return message;
    }

    private Map<String, Object> function(Part.ToolCall call, Map<String, String> ids, Object arguments) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", disguise.hide(call.tool()));
        function.put("arguments", abilities.argumentText() ? PythonJson.write(arguments) : arguments);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("id", ids.get(call.id()));
        entry.put("type", "function");
        entry.put("function", function);
        return entry;
    }

    private void result(Message.ToolReply reply, Map<String, String> ids, List<Object> messages) {
        String content = disguise.hide(reply.result().content());
        if (!abilities.results()) {
            String text = "<tool_response>\n" + content + "\n</tool_response>";
            if (!messages.isEmpty()
                    && messages.getLast() instanceof Map<?, ?> last
                    && last.get("content") instanceof String earlier
                    && earlier.endsWith("</tool_response>")
                    && "user".equals(last.get("role"))) {
                messages.removeLast();
                messages.add(message("user", earlier + "\n" + text));
            } else {
                messages.add(message("user", text));
            }
            return;
        }
        Map<String, Object> message = message("tool", content);
        message.put("name", disguise.hide(reply.tool()));
        message.put("tool_call_id", ids.computeIfAbsent(reply.callId(), unknown -> id(ids.size() + 1)));
        messages.add(message);
    }

    /** Nine letters and digits: what the strictest templates ask for. */
    private static String id(int number) {
        return "c%08d".formatted(number);
    }
}
