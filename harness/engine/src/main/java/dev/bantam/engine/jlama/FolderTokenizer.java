package dev.bantam.engine.jlama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.Tokenizer;
import dev.bantam.engine.gguf.Metadata;
import dev.bantam.engine.tokenizer.GgufTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tokenizer of a folder, in the words of a GGUF file's metadata: so it is the same one as there, and not jlama's, which
 * knows neither text from outside nor the bytes of a token.
 */
final class FolderTokenizer {
    private static final int NORMAL = 1;
    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;
    private static final int UNUSED = 5;
    private static final int BYTE = 6;

    private final JsonFile file; // tokenizer.json
    private final JsonFile settings; // tokenizer_config.json
    private final FolderConfig config;
    private final String[] texts;
    private final Integer[] types;
    private final Map<String, Integer> numbers = new HashMap<>();

    private FolderTokenizer(JsonFile file, JsonFile settings, FolderConfig config) {
        this.file = file;
        this.settings = settings;
        this.config = config;
        this.texts = new String[config.vocabulary()];
        this.types = new Integer[config.vocabulary()];
    }

    static Tokenizer read(Path folder, FolderConfig config) throws ModelFileException {
        JsonFile file = JsonFile.read(folder.resolve("tokenizer.json"));
        JsonFile settings = JsonFile.readIfPresent(folder.resolve("tokenizer_config.json"));
        return GgufTokenizer.load(new FolderTokenizer(file, settings, config).metadata());
    }

    /** The template in {@code tokenizer_config.json} or {@code chat_template.jinja}; of several the default one. */
    static Optional<String> chatTemplate(Path folder) throws ModelFileException {
        Path own = folder.resolve("chat_template.jinja");
        if (Files.isRegularFile(own)) {
            try {
                return Optional.of(Files.readString(own));
            } catch (IOException e) {
                throw new ModelFileException(own, e);
            }
        }
        JsonNode template = JsonFile.readIfPresent(folder.resolve("tokenizer_config.json"))
                .root()
                .path("chat_template");
        for (JsonNode named : template.isArray() ? template : List.<JsonNode>of()) {
            if (named.path("name").asText().equals("default")) {
                return Optional.of(named.path("template").asText());
            }
        }
        return template.isTextual() ? Optional.of(template.textValue()) : Optional.empty();
    }

    private Metadata metadata() throws ModelFileException {
        JsonFile model = file.object("model");
        if (!model.root().path("type").asText("BPE").equals("BPE")) {
            throw model.wrong("type", "BPE");
        }
        readTokens(model);
        Map<String, Object> values = new HashMap<>();
        values.put("tokenizer.ggml.tokens", List.of(texts));
        values.put("tokenizer.ggml.token_type", List.of(types));
        values.put("tokenizer.ggml.merges", merges(model.root().path("merges")));
        PreTokenization pre = PreTokenization.of(file);
        values.put("tokenizer.ggml.model", pre.byteLevel() ? "gpt2" : "llama");
        values.put("tokenizer.ggml.pre", pre.name());
        if (!pre.byteLevel()) { // an earlier piece merges first, as the training numbered them
            List<Float> scores = new ArrayList<>();
            for (int token = 0; token < texts.length; token++) {
                scores.add((float) -token);
            }
            values.put("tokenizer.ggml.scores", scores);
            values.put("tokenizer.ggml.add_space_prefix", pre.spaceFirst());
        }
        addEnds(values);
        return new Metadata(file.path(), values);
    }

    private void readTokens(JsonFile model) throws ModelFileException {
        Arrays.fill(types, UNUSED); // models are padded to round sizes
        for (int token = 0; token < texts.length; token++) {
            texts[token] = "[PAD" + token + "]";
        }
        String unknown = model.root().path("unk_token").asText("");
        for (Map.Entry<String, JsonNode> entry : model.object("vocab").root().properties()) {
            String text = entry.getKey();
            int type = text.equals(unknown) ? UNKNOWN : text.matches("<0x[0-9A-F]{2}>") ? BYTE : NORMAL;
            put(entry.getValue().asInt(-1), text, type);
        }
        for (JsonNode added : file.root().path("added_tokens")) {
            String text = added.path("content").asText();
            int type = text.equals(unknown) ? UNKNOWN : added.path("special").asBoolean() ? CONTROL : USER_DEFINED;
            put(added.path("id").asInt(-1), text, type);
        }
    }

    private void put(int token, String text, int type) throws ModelFileException {
        if (token < 0 || token >= texts.length) {
            throw new ModelFileException(
                    file.path(),
                    "token '" + text + "'",
                    token,
                    "0 to %d, from config.json".formatted(texts.length - 1));
        }
        texts[token] = text;
        types[token] = type;
        numbers.put(text, token);
    }

    private static List<String> merges(JsonNode node) {
        List<String> merges = new ArrayList<>();
        for (JsonNode merge : node) { // "a b", or ["a", "b"] in newer files
            merges.add(
                    merge.isArray()
                            ? merge.path(0).asText() + " " + merge.path(1).asText()
                            : merge.asText());
        }
        return merges;
    }

    private void addEnds(Map<String, Object> values) throws ModelFileException {
        JsonFile generation = JsonFile.readIfPresent(file.path().resolveSibling("generation_config.json"));
        List<Integer> ends = new ArrayList<>();
        for (JsonFile from : List.of(generation, config.file())) {
            JsonNode end = from.root().path("eos_token_id");
            (end.isArray() ? end : List.of(end)).forEach(id -> addToken(ends, id.asInt(-1)));
        }
        addToken(ends, numbers.getOrDefault(named("eos_token"), -1));
        if (!ends.isEmpty()) {
            values.put("tokenizer.ggml.eos_token_id", ends.getFirst());
            values.put("tokenizer.ggml.eot_token_id", ends.get(Math.min(1, ends.size() - 1)));
        }
        Integer begin = numbers.get(named("bos_token"));
        boolean begins = settings.has("add_bos_token")
                ? settings.flag("add_bos_token", false)
                : file.root().path("post_processor").toString().contains("\"" + named("bos_token") + "\"");
        values.put("tokenizer.ggml.add_bos_token", begin != null && begins);
        if (begin != null) {
            values.put("tokenizer.ggml.bos_token_id", begin);
        }
    }

    private void addToken(List<Integer> tokens, int token) {
        if (token >= 0 && token < texts.length && !tokens.contains(token)) {
            tokens.add(token);
        }
    }

    /** A special token of the settings, which is a string or an object with its content. */
    private String named(String name) {
        JsonNode token = settings.root().path(name);
        return token.isObject() ? token.path("content").asText() : token.asText("");
    }
}
