package dev.bantam.engine.tokenizer;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.Tokenizer;
import dev.bantam.engine.gguf.Metadata;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * The tokenizer of a model file: splits text at special tokens and encodes what lies between. Takes time about linear in
 * the text, whatever stands in it.
 */
public final class GgufTokenizer implements Tokenizer {
    private final Vocabulary vocabulary;
    private final TextEncoder encoder;
    private final SpecialTokens specials; // all
    private final SpecialTokens userDefined; // those that are split at in any text
    private final OptionalInt beginning;

    private GgufTokenizer(Vocabulary vocabulary, TextEncoder encoder, OptionalInt beginning) {
        this.vocabulary = vocabulary;
        this.encoder = encoder;
        this.beginning = beginning;
        specials = new SpecialTokens(vocabulary, vocabulary.specials(true));
        userDefined = new SpecialTokens(vocabulary, vocabulary.specials(false));
    }

    /** Reads the tokenizer of a model file. */
    public static GgufTokenizer load(Metadata metadata) throws ModelFileException {
        String model = metadata.string("tokenizer.ggml.model");
        return switch (model) {
            case "gpt2" -> bytePair(metadata);
            case "llama" -> sentencePiece(metadata);
            default ->
                throw metadata.wrong(
                        "tokenizer.ggml.model",
                        "'" + model + "'",
                        "one that is supported: gpt2 (byte-level BPE), llama (SentencePiece)");
        };
    }

    private static GgufTokenizer bytePair(Metadata metadata) throws ModelFileException {
        String key = "tokenizer.ggml.pre";
        String name = metadata.string(key);
        PreTokenizer preTokenizer = PreTokenizer.named(name)
                .orElseThrow(() ->
                        metadata.wrong(key, "'" + name + "'", "one that is supported: " + PreTokenizer.supported()));
        Vocabulary vocabulary = new Vocabulary(metadata, Vocabulary.Spelling.BYTES);
        return new GgufTokenizer(
                vocabulary,
                BytePairEncoder.load(metadata, preTokenizer, vocabulary),
                beginning(metadata, vocabulary, preTokenizer.begins()));
    }

    private static GgufTokenizer sentencePiece(Metadata metadata) throws ModelFileException {
        Vocabulary vocabulary = new Vocabulary(metadata, Vocabulary.Spelling.SPACES);
        return new GgufTokenizer(
                vocabulary, SentencePieceEncoder.load(metadata, vocabulary), beginning(metadata, vocabulary, true));
    }

    private static OptionalInt beginning(Metadata metadata, Vocabulary vocabulary, boolean otherwise)
            throws ModelFileException {
        if (!metadata.flag("tokenizer.ggml.add_bos_token", otherwise)) {
            return OptionalInt.empty();
        }
        String key = "tokenizer.ggml.bos_token_id";
        int named = vocabulary.number("<s>");
        return OptionalInt.of(
                named >= 0 && !metadata.has(key) ? named : metadata.integer(key, 0, vocabulary.size() - 1));
    }

    @Override
    public int[] encode(String text, boolean parseSpecial) {
        TokenList tokens = new TokenList();
        boolean afterSpecial = true;
        for (SpecialTokens.Fragment fragment : (parseSpecial ? specials : userDefined).split(text)) {
            afterSpecial = switch (fragment) {
                case SpecialTokens.Fragment.Special(int token) -> {
                    tokens.add(token);
                    yield true;
                }
                case SpecialTokens.Fragment.Plain(String plain) -> {
                    encoder.encode(plain, afterSpecial, tokens);
                    yield false;
                }
            };
        }
        return tokens.toArray();
    }

    @Override
    public String decode(int[] tokens) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int token : tokens) {
            bytes.writeBytes(vocabulary.piece(token));
        }
        String text = bytes.toString(StandardCharsets.UTF_8);
        boolean prefixed = encoder.prefixesSpace() && tokens.length > 0 && vocabulary.startsWithSpace(tokens[0]);
        return prefixed ? text.substring(1) : text;
    }

    @Override
    public byte[] piece(int token) {
        return vocabulary.piece(token);
    }

    @Override
    public int vocabularySize() {
        return vocabulary.size();
    }

    @Override
    public OptionalInt special(String text) {
        int token = vocabulary.number(text);
        return token >= 0 && vocabulary.isSpecial(token, true) ? OptionalInt.of(token) : OptionalInt.empty();
    }

    @Override
    public OptionalInt beginning() {
        return beginning;
    }

    @Override
    public boolean isEndOfGeneration(int token) {
        return vocabulary.isEnd(token);
    }

    @Override
    public boolean isControl(int token) {
        return vocabulary.isControl(token);
    }
}
