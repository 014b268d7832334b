package dev.bantam.ext.knowledgeinject;

import dev.bantam.api.Skill;
import dev.bantam.ext.text.Wording;
import java.util.Arrays;
import java.util.List;

/** What hints at a card: single words, and expressions that say more. */
record Signs(Skill card, List<String> words, List<String> phrases) {
    private static final double WORD = 1;
    private static final double PHRASE = 2;

    /** A card that names no signs, as other agents' cards do, is hinted at by its name. */
    static Signs of(Skill card) {
        if (!card.words().isEmpty() || !card.phrases().isEmpty()) {
            return new Signs(card, card.words(), card.phrases());
        }
        return new Signs(
                card, Arrays.asList(card.name().split("-")), List.of(card.name().replace('-', ' ')));
    }

    double score(Wording text) {
        return WORD * text.count(words) + PHRASE * text.count(phrases);
    }
}
