package dev.bantam.model.local.chat;

import dev.bantam.engine.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects a prompt. Texts that follow one another are encoded as one; what they say is never read as a mark. */
final class PromptTokens {
    private final EncodedTexts texts;
    private final Tokenizer tokenizer;
    private final List<int[]> pieces = new ArrayList<>();
    private final List<Integer> stops = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int length; // of the pieces, without the text

    PromptTokens(Tokenizer tokenizer, EncodedTexts texts) {
        this.tokenizer = tokenizer;
        this.texts = texts;
    }

    /** @throws IllegalArgumentException when the vocabulary lacks the mark */
    PromptTokens mark(String mark) {
        return tokens(new int[] {
            tokenizer
                    .special(mark)
                    .orElseThrow(() -> new IllegalArgumentException("the vocabulary has no token " + mark))
        });
    }

    PromptTokens text(String more) {
        text.append(more);
        return this;
    }

    PromptTokens tokens(int[] ids) {
        flush();
        pieces.add(ids);
        length += ids.length;
        return this;
    }

    /** A message begins here. */
    PromptTokens stop() {
        stops.add(length());
        return this;
    }

    /** How many tokens there are; text so far is encoded apart from text to come. */
    int length() {
        flush();
        return length;
    }

    List<Integer> stops() {
        return stops;
    }

    int[] toArray() {
        flush();
        return pieces.stream().flatMapToInt(Arrays::stream).toArray();
    }

    private void flush() {
        if (!text.isEmpty()) {
            int[] ids = texts.encode(text.toString());
            text.setLength(0);
            pieces.add(ids);
            length += ids.length;
        }
    }
}
