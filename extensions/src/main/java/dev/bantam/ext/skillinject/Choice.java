package dev.bantam.ext.skillinject;

import dev.bantam.api.Skill;
import dev.bantam.ext.text.Heard;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Cards that were chosen for one request. */
final class Choice {
    private final List<String> texts = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final List<Skill> cards = new ArrayList<>();
    private final Heard heard;
    private final OfferedTools tools;
    private final ToIntFunction<String> counter;
    private int left;

    /** @param tokens that those which are not required may cost together */
    Choice(Heard heard, OfferedTools tools, ToIntFunction<String> counter, int tokens) {
        this.heard = heard;
        this.tools = tools;
        this.counter = counter;
        this.left = tokens;
    }

    /** Takes a card if it is not told yet and fits. */
    void offer(Skill card, String why) {
        String text = tools.text(card);
        if (wanted(card, text) && counter.applyAsInt(text) <= left) {
            add(card, text, why);
        }
    }

    /** Takes a card if it is not told yet, whatever it costs. */
    void require(Skill card, String why) {
        String text = tools.text(card);
        if (wanted(card, text)) {
            add(card, text, why);
        }
    }

    private boolean wanted(Skill card, String text) {
        return !text.isBlank() && !cards.contains(card) && !heard.told(text);
    }

    private void add(Skill card, String text, String why) {
        left -= counter.applyAsInt(text);
        cards.add(card);
        texts.add(text);
        reasons.add(card.name() + " (" + why + ")");
    }

    int left() {
        return left;
    }

    boolean none() {
        return cards.isEmpty();
    }

    String text() {
        return String.join("\n\n", texts);
    }

    String reason() {
        return String.join(", ", reasons);
    }
}
