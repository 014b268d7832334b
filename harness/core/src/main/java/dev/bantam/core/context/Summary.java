package dev.bantam.core.context;

import dev.bantam.api.Hooks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/** The text that stands for the part of a conversation that was dropped. */
final class Summary {
    static final String INSTRUCTION = Texts.read("summary-instruction.md");
    static final String LEFT_OUT = "[… %d characters left out …]";
    private static final Pattern MENTIONED_FILE = Pattern.compile("<file path=\"([^\"]*)\">.*?</file>", Pattern.DOTALL);

    private final Window window;
    private final ToIntFunction<String> count;

    Summary(Window window, ToIntFunction<String> count) {
        this.window = window;
        this.count = count;
    }

    /**
     * @param story what the model said was done, decided and next; may be empty
     */
    String text(Ledger ledger, List<Hooks.Carried> carried, String story) {
        List<String> sections = new ArrayList<>();
        sections.add(Texts.read("summary-opening.md").strip());
        sections.add("## Goal and constraints: what the user said, word for word\n" + requests(ledger.requests()));
        if (!story.isBlank()) {
            sections.add(Clip.middle(story, 2 * window.section(), count, LEFT_OUT));
        }
        sections.add("## Files\nread: " + names(List.copyOf(ledger.read())) + "\nchanged: "
                + names(List.copyOf(ledger.changed())));
        if (!ledger.lastFailure().isBlank()) {
            sections.add("## Output of the last command that failed\n"
                    + Clip.middle(ledger.lastFailure(), window.section(), count, LEFT_OUT));
        }
        carried.forEach(each -> sections.add("## " + each.title() + "\n" + each.text()));
        return String.join("\n\n", sections);
    }

    /** All requests where they fit; the first and the newest ones before those between. */
    private String requests(List<String> requests) {
        if (requests.isEmpty()) {
            return "(nothing)";
        }
        int left = window.requests();
        List<String> kept = new ArrayList<>();
        String first = fitting(requests.getFirst(), requests.size() == 1 ? left : left * 2 / 3);
        left -= count.applyAsInt(first);
        int dropped = 0;
        for (String request : requests.subList(1, requests.size()).reversed()) {
            String clipped = fitting(request, window.requests() / 3);
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

    /** The user's own words go last: the texts of mentioned files can be read again. */
    private String fitting(String request, int budget) {
        if (count.applyAsInt(request) <= budget) {
            return request;
        }
        String bare = MENTIONED_FILE.matcher(request).replaceAll("[the file $1 stood here]");
        return Clip.middle(bare, budget, count, LEFT_OUT);
    }

    /** The newest names that fit, and how many more there are. */
    private String names(List<String> paths) {
        List<String> kept = new ArrayList<>();
        int left = window.section();
        for (String path : paths.reversed()) {
            left -= 1 + count.applyAsInt(path);
            if (left < 0) {
                break;
            }
            kept.addFirst(path);
        }
        int more = paths.size() - kept.size();
        String shown = kept.isEmpty() ? "none" : String.join(", ", kept);
        return more == 0 ? shown : shown + " and " + more + " more before these";
    }
}
