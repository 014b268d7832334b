package dev.bantam.engine.jlama;

import dev.bantam.engine.ModelFileException;

/**
 * Frequencies of the rotary position embedding. jlama computes angles in floats, reads a scaling only for some families and
 * never Llama 3's; so its table is filled from here.
 *
 * @param linear divides every frequency
 * @param llama3 Llama 3's scaling, or null: long waves are stretched, short ones left, those between blended
 */
record Rotary(double theta, double linear, Llama3 llama3) {
    /** As in transformers, {@code modeling_rope_utils.py}, {@code _compute_llama3_parameters}. */
    record Llama3(double factor, double lowFactor, double highFactor, double trainedContext) {
        double scaled(double frequency) {
            double wave = 2 * Math.PI / frequency;
            if (wave < trainedContext / highFactor) {
                return frequency;
            }
            if (wave > trainedContext / lowFactor) {
                return frequency / factor;
            }
            double smooth = (trainedContext / wave - lowFactor) / (highFactor - lowFactor);
            return (1 - smooth) * frequency / factor + smooth * frequency;
        }
    }

    static Rotary read(JsonFile file, Family family) throws ModelFileException {
        JsonFile named = file.has("rope_parameters") ? file.object("rope_parameters") : file;
        double theta = named.positive("rope_theta", family == Family.MIXTRAL ? 1e6 : 1e4);
        if (named == file && !file.has("rope_scaling")) {
            return new Rotary(theta, 1, null);
        }
        JsonFile scaling = named == file ? file.object("rope_scaling") : named;
        String type = scaling.root()
                .path("rope_type")
                .asText(scaling.root().path("type").asText("default"));
        return switch (type) {
            case "default" -> new Rotary(theta, 1, null);
            case "linear" -> new Rotary(theta, scaling.positive("factor", 1), null);
            case "llama3" ->
                new Rotary(
                        theta,
                        1,
                        new Llama3(
                                scaling.positive("factor", 8),
                                scaling.positive("low_freq_factor", 1),
                                scaling.positive("high_freq_factor", 4),
                                scaling.positive("original_max_position_embeddings", 8192)));
            default ->
                throw new ModelFileException(
                        file.path(),
                        "rope_scaling",
                        "'" + type + "'",
                        "one that is supported: default, linear, llama3");
        };
    }

    /** The angle by which pair {@code i} of a head turns from one position to the next. */
    double frequency(int i, int headSize) {
        double frequency = Math.pow(theta, -2.0 * i / headSize) / linear;
        return llama3 == null ? frequency : llama3.scaled(frequency);
    }

    /** Overwrites cosine and sine of each entry. */
    void fill(float[][] table, int headSize) { // (position · headSize/2 + pair, 2)
        int half = headSize / 2;
        for (int i = 0; i < half; i++) {
            double frequency = frequency(i, headSize);
            for (int at = i, position = 0; at < table.length; at += half, position++) {
                table[at][0] = (float) Math.cos(position * frequency);
                table[at][1] = (float) Math.sin(position * frequency);
            }
        }
    }
}
