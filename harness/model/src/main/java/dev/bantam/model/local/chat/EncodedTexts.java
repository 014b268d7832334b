package dev.bantam.model.local.chat;

import dev.bantam.engine.Tokenizer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tokens of texts, remembered: a conversation is rendered several times a turn, and only its end is new. The texts that
 * were not asked for longest are forgotten. One thread.
 */
final class EncodedTexts {
    private static final long MAX_CHARACTERS = 8L << 20;

    private final Tokenizer tokenizer;
    private final Map<String, int[]> known = new LinkedHashMap<>(64, 0.75f, true);
    private long characters;

    EncodedTexts(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** The tokens; not to be changed. What the text says is never read as a mark. */
    int[] encode(String text) {
        int[] tokens = known.get(text);
        if (tokens == null) {
            tokens = tokenizer.encode(text, false);
            known.put(text, tokens);
            characters += text.length();
            var oldest = known.keySet().iterator();
            while (characters > MAX_CHARACTERS && known.size() > 1) {
                characters -= oldest.next().length();
                oldest.remove();
            }
        }
        return tokens;
    }
}
