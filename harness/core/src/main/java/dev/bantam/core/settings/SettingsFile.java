package dev.bantam.core.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a settings file: a JSON object, comments allowed, keys dotted or nested. */
public final class SettingsFile {
    private static final long MAX_BYTES = 1 << 20;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.ALLOW_COMMENTS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SettingsFile() {}

    /**
     * The file's values by dotted key; empty when there is no file.
     *
     * @throws ConfigException when it is no regular file, too large, or not JSON; names the file and the line
     */
    public static Map<String, Object> read(Path path) throws ConfigException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Map.of();
        }
        try {
            if (!Files.isRegularFile(path) || Files.size(path) > MAX_BYTES) {
                throw new ConfigException("the settings file " + path + " is not a regular file of at most 1 MB");
            }
            return parse(path.toString(), Files.readAllBytes(path));
        } catch (IOException e) {
            throw new ConfigException("the settings file " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The values of a file whose bytes were read before.
     *
     * @param origin names the file in errors
     * @throws ConfigException when they are too many, or not JSON; names the file and the line
     */
    public static Map<String, Object> parse(String origin, byte[] bytes) throws ConfigException {
        if (bytes.length > MAX_BYTES) {
            throw new ConfigException("the settings file " + origin + " is larger than 1 MB");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        try {
            String text = new String(bytes, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
            JsonNode root = text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
            if (!root.isObject()) {
                throw new ConfigException("the settings file " + origin + " must hold one JSON object");
            }
            flatten("", root, values);
            return values;
        } catch (JsonProcessingException e) {
            throw new ConfigException(
                    "the settings file " + origin + " is not valid JSON at line "
                            + e.getLocation().getLineNr() + ": "
                            + e.getOriginalMessage().replaceFirst("(?s) \\(start marker at.*", "")
                            + ". Mend it, or move it away",
                    e);
        }
    }

    /** A list that is written as JSON; the text as it is when it is none. */
    static Object list(String text) {
        try {
            return JSON.readValue(text, List.class);
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    private static void flatten(String prefix, JsonNode object, Map<String, Object> values) {
        object.properties().forEach(field -> {
            String key = prefix + field.getKey();
            if (field.getValue().isObject()) {
                flatten(key + ".", field.getValue(), values);
            } else {
                values.put(key, JSON.convertValue(field.getValue(), Object.class));
            }
        });
    }
}
