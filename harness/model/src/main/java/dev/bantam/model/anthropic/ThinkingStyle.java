package dev.bantam.model.anthropic;

import com.fasterxml.jackson.databind.JsonNode;

/** How a model is told to think. */
enum ThinkingStyle {
    /** With a number of tokens: all models before Claude Opus 4.7. */
    BUDGET,
    /** With an effort; the model decides how long. Newer models refuse a budget, and any temperature. */
    ADAPTIVE;

    /** By what the list of models says; else by the name. */
    static ThinkingStyle of(String model, JsonNode listed) {
        JsonNode types = listed.path("capabilities").path("thinking").path("types");
        if (types.path("enabled").path("supported").isBoolean()) {
            return types.path("enabled").path("supported").asBoolean() ? BUDGET : ADAPTIVE;
        }
        return model.matches("claude-[a-z]+-(4-[7-9]|[5-9])(-.*)?") ? ADAPTIVE : BUDGET;
    }
}
