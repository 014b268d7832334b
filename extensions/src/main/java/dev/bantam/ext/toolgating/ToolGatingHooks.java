package dev.bantam.ext.toolgating;

import dev.bantam.api.CallVerdict;
import dev.bantam.api.Event;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Part;
import dev.bantam.api.ToolSpec;
import dev.bantam.ext.text.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Keeps the gate: in the schema, and once more before a call runs. */
final class ToolGatingHooks implements Hooks {
    private final ExtensionContext context;
    private final Gate gate;
    private final List<String> asked = new ArrayList<>();
    private boolean told;

    ToolGatingHooks(ExtensionContext context, Gate gate) {
        this.context = context;
        this.gate = gate;
    }

    @Override
    public boolean offers(ToolSpec tool) {
        asked.add(tool.name());
        return gate.lets(tool.name());
    }

    @Override
    public void onEvent(Event event) {
        if (event instanceof Event.TurnStarted && !told) {
            told = true;
            gate.idle(asked).forEach(this::tellIdle);
        }
    }

    private void tellIdle(String pattern) {
        context.decided("tools", "idle", "no tool is meant by " + pattern + "; there are " + String.join(", ", asked));
    }

    @Override
    public CallVerdict judgeCall(Part.ToolCall call) {
        if (gate.lets(call.tool())) {
            return CallVerdict.ALLOW;
        }
        String others =
                context.tools().stream().map(ToolSpec::name).filter(gate::lets).collect(Collectors.joining(", "));
        String text = Template.of(ToolGatingHooks.class, "not-offered.md")
                .with(Map.of("tool", call.tool(), "others", others.isEmpty() ? "none" : others));
        return new CallVerdict.Refuse(text, call.tool() + " is not allowed in this run");
    }
}
