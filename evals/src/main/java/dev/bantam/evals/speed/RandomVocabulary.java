package dev.bantam.evals.speed;

import java.util.ArrayList;
import java.util.List;

/**
 * A byte-level vocabulary of any size: the bytes, pairs of bytes and ChatML's marks.
 *
 * @param tokens in their order; the last ones are {@link #CONTROL}
 * @param merges of two tokens each, with a space between
 */
record RandomVocabulary(List<String> tokens, List<String> merges) {
    static final List<String> CONTROL = List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");

    static RandomVocabulary of(int size) {
        List<String> tokens = new ArrayList<>();
        int next = 0x100;
        for (int b = 0; b < 256; b++) { // GPT-2's alphabet of bytes
            boolean prints = b >= '!' && b <= '~' || b >= 0xa1 && b <= 0xac || b >= 0xae;
            tokens.add(Character.toString(prints ? b : next++));
        }
        List<String> merges = new ArrayList<>();
        for (int pair = 0; tokens.size() < size - CONTROL.size(); pair++) {
            String left = tokens.get(pair & 255);
            String right = tokens.get(pair >> 8);
            merges.add(left + " " + right);
            tokens.add(left + right);
        }
        tokens.addAll(CONTROL);
        return new RandomVocabulary(List.copyOf(tokens), List.copyOf(merges));
    }
}
