package dev.bantam.engine.jlama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bantam.engine.ModelFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How {@code tokenizer.json} cuts text, under the name that GGUF files have for it.
 *
 * @param byteLevel whether merges begin with bytes; else with characters, a space written as U+2581
 * @param spaceFirst whether a text is given a space before it
 */
record PreTokenization(boolean byteLevel, String name, boolean spaceFirst) {
    private static final String WORDS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|";
    private static final String REST = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String TEKKEN = "[^\\r\\n\\p{L}\\p{N}]?" + UPPER + "*" + LOWER + "+|[^\\r\\n\\p{L}\\p{N}]?"
            + UPPER + "+" + LOWER + "*|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    /** By the pattern and whether a piece that is a token is taken without merging. */
    private static final Map<Pattern, String> KNOWN = Map.of(
            new Pattern(WORDS + "\\p{N}" + REST, false), "qwen2",
            new Pattern(WORDS + "\\p{N}{1,3}" + REST, true), "llama-bpe",
            new Pattern(WORDS + "\\p{N}{1,3}" + REST, false), "smaug-bpe",
            new Pattern(TEKKEN, true), "tekken");

    private record Pattern(String regex, boolean wholePieces) {}

    static PreTokenization of(JsonFile file) throws ModelFileException {
        List<JsonNode> steps = new ArrayList<>();
        flatten(file.root().path("pre_tokenizer"), "pretokenizers", steps);
        boolean bytes = steps.stream().anyMatch(step -> type(step).equals("ByteLevel"));
        if (!bytes) {
            return characters(file, steps);
        }
        String kinds =
                String.join(" ", steps.stream().map(PreTokenization::type).toList());
        Pattern pattern = new Pattern(
                steps.getFirst().path("pattern").path("Regex").asText(),
                file.root().path("model").path("ignore_merges").asBoolean());
        if (kinds.equals("Split ByteLevel") && KNOWN.containsKey(pattern)) {
            return new PreTokenization(true, KNOWN.get(pattern), false);
        }
        throw new ModelFileException(
                file.path(),
                "pre_tokenizer",
                kinds + " " + pattern.regex(),
                "one that is known: Qwen 2, Llama 3, Tekken");
    }

    private static PreTokenization characters(JsonFile file, List<JsonNode> steps) throws ModelFileException {
        List<JsonNode> normalizers = new ArrayList<>();
        flatten(file.root().path("normalizer"), "normalizers", normalizers);
        boolean replaced = normalizers.stream().anyMatch(step -> type(step).equals("Replace"));
        boolean metaspace = steps.stream().anyMatch(step -> type(step).equals("Metaspace"));
        if (!replaced && !metaspace) {
            throw file.wrong("pre_tokenizer", "ByteLevel, or spaces that are replaced by U+2581");
        }
        boolean first = normalizers.stream().anyMatch(step -> type(step).equals("Prepend"))
                || steps.stream()
                        .anyMatch(step -> type(step).equals("Metaspace")
                                && !step.path("prepend_scheme").asText("always").equals("never"));
        return new PreTokenization(false, "default", first);
    }

    private static void flatten(JsonNode node, String list, List<JsonNode> into) {
        if (node.path(list).isArray()) {
            node.path(list).forEach(step -> flatten(step, list, into));
        } else if (node.isObject()) {
            into.add(node);
        }
    }

    private static String type(JsonNode step) {
        return step.path("type").asText();
    }
}
