package dev.bantam.ext.knowledgeinject;

import dev.bantam.api.Skill;
import dev.bantam.api.Skill.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** As much of a card as a number of tokens allows. */
record Excerpt(String text, int tokens) {
    /**
     * A card that is too long loses lines at its end. Where the model can read the rest, it is told so.
     *
     * @return empty text when not even its first line fits
     */
    static Excerpt of(Skill card, int most, ToIntFunction<String> counter) {
        int whole = counter.applyAsInt(card.text());
        if (whole <= most) {
            return new Excerpt(card.text(), whole);
        }
        String rest = card.origin() == Origin.PROJECT ? "\n(More of this stands in " + card.file() + ".)" : "";
        List<String> lines = new ArrayList<>(card.text().lines().toList());
        while (!lines.isEmpty()) {
            lines.removeLast();
            String text = String.join("\n", lines).strip();
            int tokens = counter.applyAsInt(text + rest);
            if (!text.isEmpty() && tokens <= most) {
                return new Excerpt(text + rest, tokens);
            }
        }
        return new Excerpt("", 0);
    }
}
