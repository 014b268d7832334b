package dev.bantam.evals.speed;

import java.util.List;
import java.util.Optional;

/**
 * What one engine did with one model; medians.
 *
 * @param readBytesPerSecond plain reading of the mapped file in the same rounds
 * @param coldSeconds from opening to the first token of 16, in a new process
 * @param warmSeconds the same, when that process opens the model again
 * @param runs in the order in which they were asked for
 * @param ownBytes resident memory besides the file
 * @param failure why there are no figures
 */
public record SpeedResult(
        String model,
        String engine,
        double readBytesPerSecond,
        double coldSeconds,
        double warmSeconds,
        List<Run> runs,
        long ownBytes,
        Optional<String> failure) {
    public SpeedResult {
        runs = List.copyOf(runs);
    }

    static SpeedResult failed(BenchModel model, String engine, String failure) {
        return new SpeedResult(
                model.name(), engine, Double.NaN, Double.NaN, Double.NaN, List.of(), 0, Optional.of(failure));
    }

    /**
     * @param context tokens that were read, 0 for a speed that was not measured
     * @param tokens tokens that were generated after them
     * @param bytes weights, keys and values that one of these needed
     */
    record Run(int context, int tokens, double prefillSeconds, double decodeSeconds, long bytes) {
        double prefillPerSecond() {
            return context / prefillSeconds;
        }

        double decodePerSecond() {
            return tokens / decodeSeconds;
        }

        double bytesPerSecond() {
            return bytes * decodePerSecond();
        }
    }
}
