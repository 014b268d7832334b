package dev.bantam.engine.tokenizer;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.gguf.Metadata;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The tokens of a model file: their text, their bytes and what they are for. */
final class Vocabulary {
    private static final int NORMAL = 1;
    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;
    private static final int UNUSED = 5;
    private static final int BYTE = 6;

    /** How a normal token's text spells its bytes. */
    enum Spelling {
        /** Every character is a byte: {@link ByteAlphabet}. */
        BYTES,
        /** As they are, but {@code ▁} is a space. */
        SPACES
    }

    /** Typed as user-defined in some files, but treated as control tokens everywhere; the list is llama.cpp's. */
    private static final Set<String> CONTROL_BY_NAME = Set.of(
            "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>", "<|fim_pad|>", "<|repo_name|>", "<|file_sep|>");

    private final List<String> texts; // those of the metadata, no copies
    private final byte[] types;
    private final byte[] pieces; // all, one after the other
    private final int[] pieceEnds;
    private final TokenIndex index;
    private final Set<Integer> ends;

    Vocabulary(Metadata metadata, Spelling spelling) throws ModelFileException {
        texts = metadata.list("tokenizer.ggml.tokens", String.class);
        types = types(metadata, texts);
        index = new TokenIndex(texts);
        pieceEnds = new int[texts.size()];
        ByteArrayOutputStream all = new ByteArrayOutputStream(8 * texts.size());
        for (int token = 0; token < texts.size(); token++) {
            all.writeBytes(piece(metadata, texts.get(token), types[token], spelling));
            pieceEnds[token] = all.size();
        }
        pieces = all.toByteArray();
        ends = EndTokens.of(metadata, this);
    }

    private static byte[] types(Metadata metadata, List<String> texts) throws ModelFileException {
        String key = "tokenizer.ggml.token_type";
        byte[] types = new byte[texts.size()];
        Arrays.fill(types, (byte) NORMAL);
        if (!metadata.has(key)) {
            return types;
        }
        List<Integer> given = metadata.list(key, Integer.class);
        if (given.size() != texts.size()) {
            throw metadata.wrong(key, given.size() + " types", "one for each of the " + texts.size() + " tokens");
        }
        for (int token = 0; token < types.length; token++) {
            int type = given.get(token);
            boolean control = type == USER_DEFINED && CONTROL_BY_NAME.contains(texts.get(token));
            types[token] = (byte) (control ? CONTROL : Math.clamp(type, 0, BYTE + 1));
        }
        return types;
    }

    private static byte[] piece(Metadata metadata, String text, int type, Spelling spelling) throws ModelFileException {
        return switch (type) {
            case CONTROL, USER_DEFINED, UNKNOWN -> text.getBytes(StandardCharsets.UTF_8);
            case UNUSED -> new byte[0];
            case BYTE -> {
                if (!text.matches("<0x[0-9A-Fa-f]{2}>")) {
                    throw metadata.wrong("tokenizer.ggml.tokens", "the byte '" + text + "'", "one such as <0x0A>");
                }
                yield new byte[] {(byte) Integer.parseInt(text, 3, 5, 16)};
            }
            default ->
                switch (spelling) {
                    case BYTES -> ByteAlphabet.decode(text);
                    case SPACES -> text.replace(SentencePieceEncoder.SPACE, ' ').getBytes(StandardCharsets.UTF_8);
                };
        };
    }

    int size() {
        return types.length;
    }

    /** The token's number, or -1. */
    int number(String text) {
        return index.find(text, 0, text.length());
    }

    /** The number of the token that part of a text spells, or -1. */
    int number(String text, int from, int to) {
        return index.find(text, from, to);
    }

    /** The number of the token that a text spells without the character at {@code gap}, or -1. */
    int numberWithout(int gap, String text) {
        return index.findWithout(gap, text);
    }

    /** As {@link #number(String, int, int)}, but only those that plain text may become. */
    int mergeable(String text, int from, int to) {
        int token = index.find(text, from, to);
        return token >= 0 && (types[token] == CONTROL || types[token] == UNKNOWN || types[token] == BYTE) ? -1 : token;
    }

    int mergeable(String text) {
        return mergeable(text, 0, text.length());
    }

    String text(int token) {
        return texts.get(token);
    }

    /** A copy. */
    byte[] piece(int token) {
        return Arrays.copyOfRange(pieces, token == 0 ? 0 : pieceEnds[token - 1], pieceEnds[token]);
    }

    boolean startsWithSpace(int token) {
        int start = token == 0 ? 0 : pieceEnds[token - 1];
        return start < pieceEnds[token] && pieces[start] == ' ';
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

    /** Tokens that text is split at. */
    List<Integer> specials(boolean parseControl) {
        List<Integer> specials = new ArrayList<>();
        for (int token = 0; token < size(); token++) {
            if (isSpecial(token, parseControl) && !texts.get(token).isEmpty()) {
                specials.add(token);
            }
        }
        return specials;
    }
}
