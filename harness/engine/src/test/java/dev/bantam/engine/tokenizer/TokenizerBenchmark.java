package dev.bantam.engine.tokenizer;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.Tokenizer;
import dev.bantam.engine.gguf.GgufFile;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Prints how encoding time grows from a quarter of a megabyte to one (4 is linear), and how long vocabularies load. */
final class TokenizerBenchmark {
    private static final int QUARTER = 1 << 18;

    private TokenizerBenchmark() {}

    public static void main(String[] arguments) throws ModelFileException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Map<String, String> units = new LinkedHashMap<>();
        units.put("code", "for (int i = 0; i < 42; i++) {\n    total += weights[i]; // naïve, don't\n}\n");
        units.put("letters", "interestingletters");
        units.put("digits", "0123456789");
        units.put("marks", "<=>!");
        units.put("spaces", " ");
        Random random = new Random(1);
        for (String pre : List.of("qwen2", "qwen35", "llama-bpe", "gpt-4o", "tekken", "llama")) {
            Map<String, Object> metadata = pre.equals("llama") ? pieces(random) : merges(pre, random);
            metadata.put("add_bos_token", false);
            Path file = Tokenizers.write(metadata);
            metadata.clear();
            Tokenizer tokenizer = timed(out, pre, file);
            Tokenizers.delete(file);
            units.forEach((name, unit) -> {
                double quarter = best(tokenizer, unit.repeat(QUARTER / unit.length()));
                double whole = best(tokenizer, unit.repeat(4 * QUARTER / unit.length()));
                out.printf("  %-8s 1 MB in %.3f s, %.1f times a quarter%n", name, whole, whole / quarter);
            });
        }
    }

    private static Tokenizer timed(PrintStream out, String pre, Path file) throws ModelFileException {
        long before = heapBytes();
        long start = System.nanoTime();
        try (GgufFile gguf = GgufFile.open(file)) {
            double header = since(start);
            long withHeader = heapBytes();
            start = System.nanoTime();
            Tokenizer tokenizer = GgufTokenizer.load(gguf.metadata());
            out.printf(
                    "%-10s %,d tokens: header %.2f s and %d MB, tokenizer %.2f s and %d MB more%n",
                    pre,
                    tokenizer.vocabularySize(),
                    header,
                    withHeader - before >> 20,
                    since(start),
                    heapBytes() - withHeader >> 20);
            return tokenizer;
        }
    }

    private static long heapBytes() {
        Runtime.getRuntime().gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static double best(Tokenizer tokenizer, String text) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            tokenizer.encode(text, true);
            best = Math.min(best, since(start));
        }
        return best;
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** 200,000 merges of symbols that exist. */
    private static Map<String, Object> merges(String pre, Random random) {
        List<String> symbols = new ArrayList<>();
        for (int b = 0; b < 256; b++) {
            symbols.add(String.valueOf(ByteAlphabet.character((byte) b)));
        }
        Set<String> known = new LinkedHashSet<>(symbols);
        List<String> merges = new ArrayList<>();
        while (merges.size() < 200_000) {
            String left = symbols.get(random.nextInt(Math.min(symbols.size(), 3000)));
            String right = symbols.get(random.nextInt(Math.min(symbols.size(), 3000)));
            if (left.length() + right.length() < 12 && known.add(left + right)) {
                merges.add(left + " " + right);
                symbols.add(left + right);
            }
        }
        return Tokenizers.bytePair(pre, merges, "<|im_start|>", "<|im_end|>");
    }

    private static Map<String, Object> pieces(Random random) {
        Map<String, Float> scores = new HashMap<>();
        "▁abcdefghijklmnopqrstuvwxyz0123456789<=>!();+[]/.\""
                .chars()
                .forEach(c -> scores.put(Character.toString(c), -1e6f));
        List<String> pieces = new ArrayList<>(scores.keySet());
        Collections.sort(pieces);
        while (pieces.size() < 200_000) {
            String piece = pieces.get(random.nextInt(Math.min(pieces.size(), 3000)))
                    + pieces.get(random.nextInt(Math.min(pieces.size(), 3000)));
            if (piece.length() < 12 && scores.putIfAbsent(piece, -(float) pieces.size()) == null) {
                pieces.add(piece);
            }
        }
        return Tokenizers.sentencePiece(scores);
    }
}
