package dev.bantam.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a family of models wants to be spoken to. Everything is optional: an empty profile means the common way.
 *
 * @param family a name for messages, such as {@code qwen3}
 * @param introduction an honest sentence for the user about what this model is; shown when it was not chosen by name
 * @param systemPrompt replaces the generated system prompt; an empty text means none at all
 * @param tools only these tools are offered; empty means all
 * @param listTools whether the prompt carries the tools' schemas; a model trained on fixed tools needs none
 * @param temperature used when the user gave none
 * @param maxOutputTokens used when the user gave none
 * @param guidance whether it understands guidance and corrections in the user's role between turns
 * @param summarises whether it can sum up a conversation; without that a compaction keeps facts alone
 */
public record ModelProfile(
        String family,
        Optional<String> introduction,
        Optional<String> systemPrompt,
        List<String> tools,
        boolean listTools,
        OptionalDouble temperature,
        OptionalInt maxOutputTokens,
        boolean guidance,
        boolean summarises) {
    public ModelProfile {
        tools = List.copyOf(tools);
    }

    /** The common way for a family that needs nothing special. */
    public static ModelProfile plain(String family) {
        return new ModelProfile(
                family,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                true,
                OptionalDouble.empty(),
                OptionalInt.empty(),
                true,
                true);
    }
}
