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

/**
 * What is known of a family of model files. Profiles are resources, one JSON file each, chosen by the name that the
 * model's file gives itself.
 *
 * @param thinks whether a reply may begin with a block of thinking
 */
record Profile(ModelProfile forHarness, boolean thinks) {
    private static final String FOLDER = "/dev/bantam/model/profiles/";
    private static final List<String> FILES = List.of("tiny-agent.json");

    /** The profile that names this model, else the common way, with what its chat template tells. */
    static Profile of(Model model) {
        for (String file : FILES) {
            JsonNode node = read(file);
            if (model.facts().name().equals(node.path("match").asText())) {
                return parse(node);
            }
        }
        boolean thinks = model.chatTemplate().orElse("").contains("<think>");
        return new Profile(ModelProfile.plain(model.facts().architecture()), thinks);
    }

    private static Profile parse(JsonNode node) {
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
        return new Profile(profile, node.path("thinks").asBoolean(false));
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
