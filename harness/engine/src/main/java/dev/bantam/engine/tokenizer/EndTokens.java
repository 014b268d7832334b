package dev.bantam.engine.tokenizer;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.gguf.Metadata;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which tokens end a turn: those that the file names, and those that are known by their text. */
final class EndTokens {
    /** The list is llama.cpp's, without names that are also ordinary text. */
    private static final List<String> BY_NAME = List.of(
            "<|im_end|>",
            "<|endoftext|>",
            "<|eot_id|>",
            "<|eom_id|>",
            "<|end_of_text|>",
            "<|end|>",
            "<|return|>",
            "<|call|>",
            "<end_of_turn>",
            "<|fim_pad|>",
            "<|repo_name|>",
            "<|file_sep|>");

    private static final List<String> BY_KEY =
            List.of("tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id", "tokenizer.ggml.eom_token_id");

    private EndTokens() {}

    static Set<Integer> of(Metadata metadata, Vocabulary vocabulary) throws ModelFileException {
        Set<Integer> ends = new HashSet<>();
        for (String name : BY_NAME) {
            ends.add(vocabulary.number(name));
        }
        boolean harmony = vocabulary.number("<|return|>") >= 0 && vocabulary.number("<|call|>") >= 0;
        if (harmony) {
            ends.remove(vocabulary.number("<|end|>")); // there it ends a message, and the turn goes on
        }
        if (!metadata.has(BY_KEY.getFirst())) {
            ends.add(vocabulary.number("</s>"));
        }
        ends.remove(-1);
        for (String key : BY_KEY) {
            if (metadata.has(key)) {
                ends.add(metadata.integer(key, 0, vocabulary.size() - 1));
            }
        }
        return Set.copyOf(ends);
    }
}
