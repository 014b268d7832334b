package dev.bantam.engine;

/**
 * How a token is chosen. Steps are taken in llama.cpp's order, so advised settings mean the same: penalties, top-k, top-p,
 * min-p, temperature.
 *
 * @param temperature 0 takes the likeliest token; 1 follows the model's probabilities
 * @param topK keeps the k likeliest tokens; 0 for all
 * @param topP keeps the likeliest tokens that together reach this probability; 1 for all
 * @param minP keeps tokens with at least this share of the likeliest one's probability; 0 for all
 * @param repetitionPenalty divides positive logits of tokens that came lately and multiplies negative ones; 1 for none
 *     (Keskar et al., <a href="https://arxiv.org/abs/1909.05858">CTRL</a>)
 * @param frequencyPenalty taken off a token's logit for each time that it came lately; 0 for none
 * @param seed the same seed gives the same tokens
 */
public record SamplerSettings(
        float temperature,
        int topK,
        float topP,
        float minP,
        float repetitionPenalty,
        float frequencyPenalty,
        long seed) {
    public SamplerSettings {
        require(temperature >= 0 && temperature <= 100, "temperature", temperature, "0 to 100");
        require(topK >= 0, "topK", topK, "0 or more");
        require(topP > 0 && topP <= 1, "topP", topP, "above 0, at most 1");
        require(minP >= 0 && minP <= 1, "minP", minP, "0 to 1");
        require(repetitionPenalty > 0 && repetitionPenalty <= 10, "repetitionPenalty", repetitionPenalty, "above 0");
        require(Math.abs(frequencyPenalty) <= 100, "frequencyPenalty", frequencyPenalty, "-100 to 100");
    }

    /** Always the likeliest token. */
    public static SamplerSettings greedy() {
        return new SamplerSettings(0, 0, 1, 0, 1, 0, 0);
    }

    /** The model's own probabilities at a temperature; narrow them with the other constructor arguments. */
    public static SamplerSettings temperature(float temperature, long seed) {
        return new SamplerSettings(temperature, 0, 1, 0, 1, 0, seed);
    }

    private static void require(boolean valid, String name, Object value, String allowed) {
        if (!valid) {
            throw new IllegalArgumentException("%s is %s; allowed: %s".formatted(name, value, allowed));
        }
    }
}
