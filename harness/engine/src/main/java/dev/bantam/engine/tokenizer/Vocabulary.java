package dev.bantam.engine.tokenizer;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.gguf.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tokens of a model file: their text, their bytes and what they are for. */
final class Vocabulary {
    private static final int NORMAL = 1;
    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;
    private static final int UNUSED = 5;

    /** Typed as user-defined in some files, but treated as control tokens everywhere; the list is llama.cpp's. */
    private static final Set<String> CONTROL_BY_NAME = Set.of(
            "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>", "<|fim_pad|>", "<|repo_name|>", "<|file_sep|>");

    /** End a turn besides the file's own end token; the list is llama.cpp's, for byte-level vocabularies. */
    private static final Set<String> END_BY_NAME = Set.of(
            "<|im_end|>",
            "<|endoftext|>",
            "<|eot_id|>",
            "<|end_of_text|>",
            "<|fim_pad|>",
            "<|repo_name|>",
            "<|file_sep|>");

    private final List<String> texts;
    private final int[] types;
    private final byte[][] pieces;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Set<Integer> ends = new HashSet<>();

    Vocabulary(Metadata metadata) throws ModelFileException {
        texts = metadata.list("tokenizer.ggml.tokens", String.class);
        types = types(metadata, texts);
        pieces = new byte[texts.size()][];
        for (int token = 0; token < texts.size(); token++) {
            String text = texts.get(token);
            numbers.put(text, token);
            pieces[token] = switch (types[token]) {
                case CONTROL, USER_DEFINED, UNKNOWN -> text.getBytes(StandardCharsets.UTF_8);
                case UNUSED -> new byte[0];
                default -> ByteAlphabet.decode(text);
            };
        }
        for (String name : END_BY_NAME) {
            if (numbers.containsKey(name)) {
                ends.add(numbers.get(name));
            }
        }
        for (String key : List.of("tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id")) {
            if (metadata.has(key)) {
                ends.add(metadata.integer(key, 0, texts.size() - 1));
            }
        }
    }

    private static int[] types(Metadata metadata, List<String> texts) throws ModelFileException {
        String key = "tokenizer.ggml.token_type";
        int[] types = new int[texts.size()];
        List<Integer> given = metadata.has(key) ? metadata.list(key, Integer.class) : List.of();
        if (metadata.has(key) && given.size() != texts.size()) {
            throw metadata.wrong(key, given.size() + " types", "one for each of the " + texts.size() + " tokens");
        }
        for (int token = 0; token < types.length; token++) {
            types[token] = given.isEmpty() ? NORMAL : given.get(token);
            if (types[token] == USER_DEFINED && CONTROL_BY_NAME.contains(texts.get(token))) {
                types[token] = CONTROL;
            }
        }
        return types;
    }

    int size() {
        return pieces.length;
    }

    /** The token's number, or -1. */
    int number(String text) {
        return numbers.getOrDefault(text, -1);
    }

    String text(int token) {
        return texts.get(token);
    }

    byte[] piece(int token) {
        return pieces[token];
    }

    boolean isControl(int token) {
        return types[token] == CONTROL;
    }

    boolean isEnd(int token) {
        return ends.contains(token);
    }

    /** Whether text that spells the token becomes it, rather than being merged from bytes. */
    boolean isSpecial(int token, boolean parseControl) {
        return switch (types[token]) {
            case USER_DEFINED -> true;
            case CONTROL, UNKNOWN -> parseControl;
            default -> false;
        };
    }

    /** Tokens that text is split at, longest text first. */
    List<Integer> specials(boolean parseControl) {
        List<Integer> specials = new ArrayList<>();
        for (int token = 0; token < size(); token++) {
            if (isSpecial(token, parseControl) && !texts.get(token).isEmpty()) {
                specials.add(token);
            }
        }
        specials.sort(
                Comparator.comparingInt((Integer token) -> texts.get(token).length())
                        .reversed());
        return specials;
    }
}
