package dev.bantam.ext.toolcallrepair;

import dev.bantam.api.Arguments;
import dev.bantam.api.Part;
import dev.bantam.api.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the arguments of a native call anew from what the model wrote, where they are missing or of another type. */
final class NativeRepair {
    private final Toolbox tools;
    private final List<String> steps;
    private final List<Problem> problems;

    /** @param steps takes what was repaired; {@code problems} what cannot be */
    NativeRepair(Toolbox tools, List<String> steps, List<Problem> problems) {
        this.tools = tools;
        this.steps = steps;
        this.problems = problems;
    }

    Part.ToolCall repair(Part.ToolCall call) {
        Optional<ToolSpec> tool = tools.find(call.tool());
        Optional<String> raw = call.raw().filter(written -> !written.isBlank());
        return tool.isEmpty() || raw.isEmpty() ? call : repair(call, tool.get(), raw.get());
    }

    private Part.ToolCall repair(Part.ToolCall call, ToolSpec tool, String raw) {
        boolean unread = call.arguments().equals(Arguments.NONE);
        try {
            Draft draft = draft(tool, raw);
            ArgumentFit.Fitted fitted = ArgumentFit.fit(tool, draft);
            boolean same = fitted.coercions().isEmpty()
                    && (!unread || fitted.arguments().equals(Arguments.NONE));
            if (same) {
                return call;
            }
            List<String> why = new ArrayList<>(draft.leniencies());
            why.addAll(fitted.coercions());
            steps.add("read the arguments of " + tool.name() + " anew from what was written"
                    + (why.isEmpty() ? "" : ": " + String.join("; ", why)));
            return new Part.ToolCall(
                    call.id(),
                    call.tool(),
                    fitted.arguments(),
                    draft.leniencies().isEmpty() ? call.raw() : Optional.empty());
        } catch (Fault fault) {
            if (unread) {
                problems.add(
                        new Problem(call.tool(), Optional.of(tool), fault.getMessage(), Optional.of(call.id()), true));
            }
            return call; // one that was read is the dispatcher's to judge
        }
    }

    /** What was written is the arguments, or the whole call around them. */
    private static Draft draft(ToolSpec tool, String raw) throws Fault {
        JsonReader reader = new JsonReader(raw, 0);
        Json value = reader.readToEnd();
        Optional<Draft> whole = CallObject.drafts(value, raw, reader.leniencies())
                .filter(drafts -> drafts.size() == 1)
                .map(List::getFirst)
                .filter(draft -> tool.answersTo(draft.tool()));
        return whole.isPresent()
                ? whole.get()
                : CallObject.arguments(tool.name(), value, raw, reader.leniencies())
                        .orElseThrow(() -> new Fault("the arguments must be one JSON object"));
    }
}
