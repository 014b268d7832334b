package dev.bantam.tui;

import dev.bantam.api.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the person said to a run that was cancelled before the model heard it. */
final class Unsent {
    private static final String REASON = "not sent: ";

    private final List<String> texts = new ArrayList<>();

    /** The text that the harness says it dropped, if that is what it decided. */
    static Optional<String> from(Event.Decided decided) {
        boolean dropped = decided.extension().equals("harness")
                && decided.kind().equals("inbox")
                && decided.verdict().equals("dropped")
                && decided.reason().startsWith(REASON);
        return dropped ? Optional.of(decided.reason().substring(REASON.length())) : Optional.empty();
    }

    void on(Event.Decided decided) {
        from(decided).ifPresent(texts::add);
    }

    /** Everything unsent, oldest first, then {@code typed}, each on a line of its own. It is gone from here. */
    String takeBefore(String typed) {
        if (!typed.isEmpty()) {
            texts.add(typed);
        }
        String all = String.join("\n", texts);
        texts.clear();
        return all;
    }
}
