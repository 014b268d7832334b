package dev.bantam.ext.evidence;

import dev.bantam.api.Event;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Tool;
import java.util.List;
import java.util.stream.Collectors;

/** One session's evidence: the tools that add and show it, and what a compaction keeps. */
final class EvidenceHooks implements Hooks {
    private final ExtensionContext context;
    private final FactFile facts;
    private boolean told;

    EvidenceHooks(ExtensionContext context, FactFile facts) {
        this.context = context;
        this.facts = facts;
    }

    @Override
    public List<Tool> tools() {
        return List.of(new AddTool(context, facts), new GetTool(facts), new ListTool(facts));
    }

    @Override
    public void onEvent(Event event) {
        if (event instanceof Event.TurnStarted && !told) {
            told = true;
            if (!facts.facts().isEmpty() || facts.unreadable() > 0) {
                String lost = facts.unreadable() == 0 ? "" : "; " + facts.unreadable() + " lines could not be read";
                context.decided("session", "restored", "facts: " + facts.facts().size() + lost);
            }
        }
    }

    @Override
    public List<Carried> carried() {
        return facts.facts().isEmpty()
                ? List.of()
                : List.of(new Carried(
                        "Evidence: facts and their sources, word for word",
                        facts.facts().stream().map(Fact::shown).collect(Collectors.joining("\n"))));
    }
}
