package dev.bantam.engine.tokenizer;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.Tokenizer;
import dev.bantam.engine.gguf.GgufFile;
import dev.bantam.engine.gguf.GgufWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tokenizers of files and of made-up vocabularies. */
public final class Tokenizers {
    private Tokenizers() {}

    static Tokenizer load(Path file) {
        try {
            return open(file);
        } catch (ModelFileException failure) {
            throw new AssertionError(failure);
        }
    }

    static Tokenizer open(Path file) throws ModelFileException {
        try (GgufFile gguf = GgufFile.open(file)) {
            return GgufTokenizer.load(gguf.metadata());
        }
    }

    /** Through a file, as models are. */
    static Tokenizer open(Map<String, Object> metadata) throws ModelFileException {
        Path file = write(metadata);
        try {
            return open(file);
        } finally {
            delete(file);
        }
    }

    static Path write(Map<String, Object> metadata) {
        try {
            Path file = Files.createTempFile("tokenizer", ".gguf");
            GgufWriter writer = new GgufWriter();
            metadata.forEach((key, value) -> writer.put("tokenizer.ggml." + key, value));
            writer.write(file);
            return file;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A byte-level vocabulary: the bytes in order, then what each merge makes, then control tokens. */
    public static Map<String, Object> bytePair(String pre, List<String> merges, String... control) {
        List<String> tokens = new ArrayList<>();
        for (int b = 0; b < 256; b++) {
            tokens.add(String.valueOf(ByteAlphabet.character((byte) b)));
        }
        merges.forEach(merge -> tokens.add(merge.replace(" ", "")));
        List<Integer> types = new ArrayList<>(Collections.nCopies(tokens.size(), 1));
        for (String text : control) {
            tokens.add(text);
            types.add(3);
        }
        return new TreeMap<>(
                Map.of("model", "gpt2", "pre", pre, "tokens", tokens, "token_type", types, "merges", merges));
    }

    /** A SentencePiece vocabulary: unknown, begin, end, the bytes (from 3 on), then these texts with their scores. */
    public static Map<String, Object> sentencePiece(Map<String, Float> pieces) {
        List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
        List<Integer> types = new ArrayList<>(List.of(2, 3, 3));
        List<Float> scores = new ArrayList<>(List.of(0f, 0f, 0f));
        for (int b = 0; b < 256; b++) {
            tokens.add("<0x%02X>".formatted(b));
            types.add(6);
            scores.add(0f);
        }
        pieces.forEach((text, score) -> {
            tokens.add(text);
            types.add(1);
            scores.add(score);
        });
        return new TreeMap<>(Map.of("model", "llama", "tokens", tokens, "token_type", types, "scores", scores));
    }
}
