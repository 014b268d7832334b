package dev.bantam.core.context;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToIntFunction;

/** The text that stands for the part of a conversation that was dropped. */
final class Summary {
    static final String INSTRUCTION = Texts.read("summary-instruction.md");
    static final String LEFT_OUT = "[… %d characters left out …]";

    private Summary() {}

    /**
     * @param story what the model said was done, decided and next; may be empty
     */
    static String text(Ledger ledger, String story, Window window, ToIntFunction<String> count) {
        List<String> sections = new ArrayList<>();
        sections.add(Texts.read("summary-opening.md").strip());
        sections.add("## Goal and constraints: what the user said, word for word\n"
                + requests(ledger.requests(), window.facts(), count));
        if (!story.isBlank()) {
            sections.add(Clip.middle(story, window.facts(), count, LEFT_OUT));
        }
        sections.add("## Files\nread: " + names(ledger.read()) + "\nchanged: " + names(ledger.changed()));
        if (!ledger.lastFailure().isBlank()) {
            sections.add("## Output of the last command, which failed\n"
                    + Clip.middle(ledger.lastFailure(), window.facts() / 2, count, LEFT_OUT));
        }
        return String.join("\n\n", sections);
    }

    /** All requests where they fit; the first and the newest ones before those between. */
    private static String requests(List<String> requests, int budget, ToIntFunction<String> count) {
        if (requests.isEmpty()) {
            return "(nothing)";
        }
        List<String> kept = new ArrayList<>();
        String first = Clip.middle(requests.getFirst(), budget / 2, count, LEFT_OUT);
        int left = budget - count.applyAsInt(first);
        int dropped = 0;
        for (String request : requests.subList(1, requests.size()).reversed()) {
            String clipped = Clip.middle(request, budget / 4, count, LEFT_OUT);
            int cost = count.applyAsInt(clipped);
            if (cost > left) {
                dropped = requests.size() - 1 - kept.size();
                break;
            }
            left -= cost;
            kept.addFirst(clipped);
        }
        kept.addFirst(dropped == 0 ? first : first + "\n[… " + dropped + " older messages left out …]");
        return String.join("\n---\n", kept);
    }

    private static String names(Collection<String> paths) {
        return paths.isEmpty() ? "none" : String.join(", ", paths);
    }
}
