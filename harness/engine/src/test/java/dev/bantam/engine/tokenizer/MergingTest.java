package dev.bantam.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Holds the tokenizers against merging by its definition, over random vocabularies and texts. */
class MergingTest {
    private static final String[] CHARACTERS = {"a", "b", "c", " ", "é", "漢", "😀", "z"};

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void joinsThePiecesWithTheHighestScoreFirstAsTheDefinitionSays() throws ModelFileException {
        for (int round = 0; round < 150; round++) {
            Map<String, Float> pieces = new LinkedHashMap<>(Map.of("▁", -9f));
            for (int i = 0; i < 60; i++) {
                pieces.put(text(1 + random.nextInt(5), 7).replace(' ', '▁'), -(float) random.nextInt(8) / 2);
            }
            Tokenizer tokenizer = Tokenizers.open(Tokenizers.sentencePiece(pieces));
            List<String> numbers = List.copyOf(pieces.keySet());
            for (int i = 0; i < 40; i++) {
                String text = text(1 + random.nextInt(30), CHARACTERS.length);
                List<String> symbols = merged(characters("▁" + text.replace(' ', '▁')), (a, b) -> a + b, pieces);
                int[] expected = symbols.stream()
                        .flatMapToInt(symbol -> pieces.containsKey(symbol)
                                ? IntStream.of(259 + numbers.indexOf(symbol))
                                : bytes(symbol).map(b -> 3 + b))
                        .toArray();
                assertThat(tokenizer.encode(text, false))
                        .as("seed %d, text '%s', pieces %s", seed, text, pieces)
                        .isEqualTo(expected);
                assertThat(tokenizer.decode(expected)).as("seed %d", seed).isEqualTo(text);
            }
        }
    }

    @Test
    void mergesTheEarliestPairOfBytesFirstAsTheDefinitionSays() throws ModelFileException {
        for (int round = 0; round < 150; round++) {
            Set<String> merges = new LinkedHashSet<>();
            List<String> symbols = new ArrayList<>(List.of("a", "b", "c", "Ã", "©"));
            for (int i = 0; i < 25; i++) {
                String left = symbols.get(random.nextInt(symbols.size()));
                String right = symbols.get(random.nextInt(symbols.size()));
                if (!symbols.contains(left + right)) {
                    merges.add(left + " " + right);
                    symbols.add(left + right);
                }
            }
            List<String> inOrder = List.copyOf(merges);
            Map<String, Float> ranks = new LinkedHashMap<>();
            inOrder.forEach(merge -> ranks.put(merge, -(float) ranks.size()));
            Tokenizer tokenizer = Tokenizers.open(Tokenizers.bytePair("qwen2", inOrder));
            for (int i = 0; i < 40; i++) {
                String text = text(1 + random.nextInt(30), 3) + (random.nextBoolean() ? "é" : "");
                String letters = text.replace("é", "").isEmpty() ? "a" : text;
                List<String> start = characters(ByteAlphabet.encode(letters.getBytes(StandardCharsets.UTF_8)));
                int[] expected = merged(start, (a, b) -> a + " " + b, ranks).stream()
                        .mapToInt(symbol -> number(symbol, inOrder))
                        .toArray();
                assertThat(tokenizer.encode(letters, false))
                        .as("seed %d, text '%s', merges %s", seed, letters, inOrder)
                        .isEqualTo(expected);
            }
        }
    }

    /** Joins, again and again, the leftmost of the neighbours with the highest score. */
    private static List<String> merged(List<String> start, BinaryOperator<String> key, Map<String, Float> scores) {
        List<String> symbols = new ArrayList<>(start);
        while (true) {
            int best = -1;
            float score = Float.NEGATIVE_INFINITY;
            for (int i = 0; i + 1 < symbols.size(); i++) {
                Float found = scores.get(key.apply(symbols.get(i), symbols.get(i + 1)));
                if (found != null && found > score) {
                    best = i;
                    score = found;
                }
            }
            if (best < 0) {
                return symbols;
            }
            symbols.set(best, symbols.get(best) + symbols.remove(best + 1));
        }
    }

    private static int number(String symbol, List<String> merges) {
        if (symbol.length() == 1) {
            return ByteAlphabet.decode(symbol)[0] & 0xff;
        }
        List<String> made = merges.stream().map(merge -> merge.replace(" ", "")).toList();
        return 256 + made.indexOf(symbol);
    }

    private static IntStream bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xff);
    }

    private static List<String> characters(String text) {
        return text.codePoints().mapToObj(Character::toString).toList();
    }

    private String text(int length, int alphabet) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(CHARACTERS[random.nextInt(alphabet)]);
        }
        return text.toString();
    }
}
