package dev.bantam.model.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bantam.api.ModelProfile;
import dev.bantam.engine.Model;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What is known of a family of model files. Profiles are resources, one JSON file each, chosen by what the model's file
 * says of itself: a pattern that is found in its name, its base name or its architecture, the first file in order. The
 * sampling is what the family's makers advise for code.
 *
 * @param thinks whether a reply may begin with a block of thinking
 * @param topK the most tokens that are sampled from; 0 for no limit
 * @param topP the share of probability that is sampled from; 1 for all
 * @param thinkingClosing what a thought ends with when its budget is spent
 */
record Profile(ModelProfile forHarness, boolean thinks, int topK, float topP, String thinkingClosing) {
    private static final String FOLDER = "/dev/bantam/model/profiles/";
    private static final List<String> FILES = List.of(
            "tiny-agent.json",
            "gpt-oss.json",
            "qwen3-coder.json",
            "qwen3.5.json",
            "qwen3-instruct.json",
            "qwen3.json",
            "mistral.json",
            "llama3.json");
    private static final int TOP_K = 20;
    private static final float TOP_P = 0.95f;
    private static final String THINKING_CLOSING = "I have thought enough; I answer now.";
    private static final List<String> THINKING_MARKS = List.of("<think>", "[THINK]", "<|channel|>analysis");

    /** The profile of this model's family, else the common way, with what its chat template tells. */
    static Profile of(Model model) {
        return of(
                List.of(
                        model.facts().name(),
                        model.metadata().getOrDefault("general.basename", "").toString(),
                        model.facts().architecture()),
                model.chatTemplate().orElse(""));
    }

    /** @param names what the file calls itself, the architecture last */
    static Profile of(List<String> names, String template) {
        boolean thinks = THINKING_MARKS.stream().anyMatch(template::contains);
        for (String file : FILES) {
            JsonNode node = read(file);
            Pattern pattern = Pattern.compile(node.path("match").asText(), Pattern.CASE_INSENSITIVE);
            if (names.stream().anyMatch(name -> pattern.matcher(name).find())) {
                return parse(node, thinks);
            }
        }
        return new Profile(ModelProfile.plain(names.getLast()), thinks, TOP_K, TOP_P, THINKING_CLOSING);
    }

    private static Profile parse(JsonNode node, boolean thinks) {
        List<String> tools = new ArrayList<>();
        node.path("tools").forEach(tool -> tools.add(tool.asText()));
        ModelProfile profile = new ModelProfile(
                node.path("family").asText(),
                text(node, "introduction"),
                text(node, "system_prompt"),
                tools,
                node.path("list_tools").asBoolean(true),
                node.has("temperature")
                        ? OptionalDouble.of(node.get("temperature").asDouble())
                        : OptionalDouble.empty(),
                node.has("max_output_tokens")
                        ? OptionalInt.of(node.get("max_output_tokens").asInt())
                        : OptionalInt.empty(),
                node.path("guidance").asBoolean(true),
                node.path("summarises").asBoolean(true));
        return new Profile(
                profile,
                node.path("thinks").asBoolean(thinks),
                node.path("top_k").asInt(TOP_K),
                (float) node.path("top_p").asDouble(TOP_P),
                node.path("thinking_closing").asText(THINKING_CLOSING));
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).map(JsonNode::asText);
    }

    private static JsonNode read(String file) {
        try (InputStream stream = Profile.class.getResourceAsStream(FOLDER + file)) {
            if (stream == null) {
                throw new IllegalStateException("the profile " + file + " is missing from the program");
            }
            return new ObjectMapper().readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException("the profile " + file + " cannot be read", e);
        }
    }
}
