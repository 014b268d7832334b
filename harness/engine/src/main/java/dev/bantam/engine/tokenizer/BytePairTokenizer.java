package dev.bantam.engine.tokenizer;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.Tokenizer;
import dev.bantam.engine.gguf.Metadata;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Byte-level BPE ({@code gpt2} in GGUF): text is split at special tokens, cut into pieces, and in each piece the bytes are
 * merged, earliest merge first, leftmost on ties. Takes time about linear in the text, however long a piece is.
 */
public final class BytePairTokenizer implements Tokenizer {
    private final Vocabulary vocabulary;
    private final PreTokenizer preTokenizer;
    private final PieceEncoder encoder;
    private final List<Integer> specials; // all, longest first
    private final List<Integer> userDefined; // those that are split at in any text
    private final OptionalInt beginning;

    private BytePairTokenizer(
            Vocabulary vocabulary, PreTokenizer preTokenizer, PieceEncoder encoder, OptionalInt beginning) {
        this.vocabulary = vocabulary;
        this.preTokenizer = preTokenizer;
        this.encoder = encoder;
        this.beginning = beginning;
        specials = vocabulary.specials(true);
        userDefined = vocabulary.specials(false);
    }

    /** Reads the tokenizer of a model file. */
    public static BytePairTokenizer load(Metadata metadata) throws ModelFileException {
        String model = metadata.string("tokenizer.ggml.model");
        if (!model.equals("gpt2")) {
            throw metadata.wrong("tokenizer.ggml.model", "'" + model + "'", "one that is supported: gpt2");
        }
        String pre = metadata.string("tokenizer.ggml.pre");
        PreTokenizer preTokenizer = PreTokenizer.named(pre)
                .orElseThrow(() -> metadata.wrong(
                        "tokenizer.ggml.pre", "'" + pre + "'", "one that is supported: " + PreTokenizer.supported()));
        Vocabulary vocabulary = new Vocabulary(metadata);
        boolean begins = metadata.flag("tokenizer.ggml.add_bos_token", false);
        OptionalInt beginning = begins
                ? OptionalInt.of(metadata.integer("tokenizer.ggml.bos_token_id", 0, vocabulary.size() - 1))
                : OptionalInt.empty();
        return new BytePairTokenizer(vocabulary, preTokenizer, PieceEncoder.load(metadata, vocabulary), beginning);
    }

    @Override
    public int[] encode(String text, boolean parseSpecial) {
        TokenList tokens = new TokenList();
        for (Fragment fragment : fragments(text, parseSpecial ? specials : userDefined)) {
            switch (fragment) {
                case Fragment.Special(int token) -> tokens.add(token);
                case Fragment.Plain(String plain) -> encodePlain(plain, tokens);
            }
        }
        return tokens.toArray();
    }

    private void encodePlain(String text, TokenList tokens) {
        int[] codePoints = text.codePoints().toArray();
        for (int start = 0; start < codePoints.length; ) {
            int end = preTokenizer.end(codePoints, start);
            byte[] piece = new String(codePoints, start, end - start).getBytes(StandardCharsets.UTF_8);
            encoder.encode(piece, tokens);
            start = end;
        }
    }

    private sealed interface Fragment {
        record Plain(String text) implements Fragment {}

        record Special(int token) implements Fragment {}
    }

    /** Splits at one special after the other, as llama.cpp does: a longer one wins over any shorter that overlaps it. */
    private List<Fragment> fragments(String text, List<Integer> splitAt) {
        List<Fragment> fragments = List.of(new Fragment.Plain(text));
        for (int token : splitAt) {
            if (text.contains(vocabulary.text(token))) {
                List<Fragment> finer = new ArrayList<>();
                for (Fragment fragment : fragments) {
                    switch (fragment) {
                        case Fragment.Special special -> finer.add(special);
                        case Fragment.Plain(String plain) -> split(plain, token, finer);
                    }
                }
                fragments = finer;
            }
        }
        return fragments;
    }

    private void split(String plain, int token, List<Fragment> out) {
        String special = vocabulary.text(token);
        int start = 0;
        for (int at = plain.indexOf(special); at >= 0; at = plain.indexOf(special, start)) {
            if (at > start) {
                out.add(new Fragment.Plain(plain.substring(start, at)));
            }
            out.add(new Fragment.Special(token));
            start = at + special.length();
        }
        if (start < plain.length()) {
            out.add(new Fragment.Plain(plain.substring(start)));
        }
    }

    @Override
    public String decode(int[] tokens) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int token : tokens) {
            bytes.writeBytes(vocabulary.piece(token));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] piece(int token) {
        return vocabulary.piece(token).clone();
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
