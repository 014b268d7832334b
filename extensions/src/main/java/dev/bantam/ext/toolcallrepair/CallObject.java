package dev.bantam.ext.toolcallrepair;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The shapes of JSON in which models write calls. An object with any other key is data. */
final class CallObject {
    private static final Set<String> NAMES = Set.of("name", "tool", "tool_name", "function");
    private static final Set<String> ARGUMENTS = Set.of("arguments", "parameters", "input", "args", "params");
    private static final Set<String> IGNORED = Set.of("id", "call_id", "type", "index");

    private CallObject() {}

    /** The calls of an object, or of an array of nothing but such objects; empty when it is something else. */
    static Optional<List<Draft>> drafts(Json value, String source, Set<String> leniencies) throws Fault {
        if (value instanceof Json.Members object && object.members().size() == 1) {
            Optional<Json> calls = object.get("tool_calls");
            if (calls.isPresent()) {
                return drafts(calls.get(), source, leniencies);
            }
        }
        List<Json> values = value instanceof Json.Items items ? items.elements() : List.of(value);
        List<Draft> drafts = new ArrayList<>();
        for (Json each : values) {
            Optional<Draft> draft =
                    each instanceof Json.Members object ? draft(object, source, leniencies) : Optional.empty();
            if (draft.isEmpty()) {
                return Optional.empty();
            }
            drafts.add(draft.get());
        }
        return drafts.isEmpty() ? Optional.empty() : Optional.of(drafts);
    }

    private static Optional<Draft> draft(Json.Members object, String source, Set<String> leniencies) throws Fault {
        Json name = null;
        Json arguments = null;
        for (Json.Member member : object.members()) {
            if (NAMES.contains(member.name()) && name == null) {
                name = member.value();
            } else if (ARGUMENTS.contains(member.name()) && arguments == null) {
                arguments = member.value();
            } else if (!IGNORED.contains(member.name())) {
                return Optional.empty();
            }
        }
        if (name instanceof Json.Members function && arguments == null) {
            return draft(function, source, leniencies); // {"type": "function", "function": {"name": …, "arguments": …}}
        }
        if (!(name instanceof Json.Text tool) || arguments == null) {
            return Optional.empty();
        }
        return arguments(tool.value(), arguments, source, leniencies);
    }

    /** Arguments stand as an object, or as a text that holds one. */
    static Optional<Draft> arguments(String tool, Json arguments, String source, Set<String> leniencies) throws Fault {
        if (arguments instanceof Json.Members members) {
            return Optional.of(new Draft(tool, members, source, leniencies));
        }
        if (!(arguments instanceof Json.Text text)) {
            return Optional.empty();
        }
        JsonReader inner = new JsonReader(text.value(), 0);
        Json value = inner.readToEnd();
        Set<String> all = new LinkedHashSet<>(leniencies);
        all.addAll(inner.leniencies());
        return value instanceof Json.Members members
                ? Optional.of(new Draft(tool, members, text.value(), all))
                : Optional.empty();
    }
}
