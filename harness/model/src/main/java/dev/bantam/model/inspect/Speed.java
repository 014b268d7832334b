package dev.bantam.model.inspect;

import dev.bantam.engine.CacheMemoryException;
import dev.bantam.engine.Model;
import dev.bantam.engine.Progress;
import dev.bantam.engine.ReadBandwidth;
import dev.bantam.engine.Rows;
import dev.bantam.engine.Sequence;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/**
 * How fast a model runs on this machine; medians over the rounds.
 *
 * @param prefillTps tokens a second while a prompt is read
 * @param decodeTps tokens a second while a reply is generated, after that prompt
 * @param bytesPerToken what generating one token reads: weights, and keys and values of the tokens before it
 * @param readRate bytes a second that as many threads can read from memory, measured between the rounds
 */
public record Speed(double prefillTps, double decodeTps, long bytesPerToken, double readRate) {
    private static final long SEED = 1;
    private static final Duration READING = Duration.ofMillis(400);
    private static final long WARM_UP = Duration.ofSeconds(1).toNanos();

    /** The share of the memory's speed that generation makes use of. */
    public double readShare() {
        return bytesPerToken * decodeTps / readRate;
    }

    /**
     * Measures with random tokens, always the same ones.
     *
     * @param prompt tokens to read
     * @param reply tokens to generate; both together within the model's context
     * @param threads with which the model was opened
     */
    public static Speed measure(Model model, int prompt, int reply, int threads, int rounds)
            throws CacheMemoryException, InterruptedException {
        int[] tokens = new Random(SEED)
                .ints(prompt + reply, 0, model.facts().vocabularySize())
                .toArray();
        int[] read = Arrays.copyOf(tokens, prompt);
        int[] generated = Arrays.copyOfRange(tokens, prompt, tokens.length);
        double[] prefill = new double[rounds];
        double[] decode = new double[rounds];
        double[] memory = new double[rounds];
        try (Sequence sequence = model.newSequence(prompt + reply)) {
            warmUp(sequence, read, generated);
            for (int round = 0; round < rounds; round++) {
                memory[round] = ReadBandwidth.measure(threads, READING);
                sequence.rewind(0);
                prefill[round] = prompt / seconds(() -> sequence.append(read, Rows.LAST, Progress.NONE));
                decode[round] = reply / seconds(() -> appendEach(sequence, generated));
            }
        }
        long bytes = new Needs(model.facts(), prompt + reply, 0, 0).bytesPerToken(prompt + reply / 2);
        return new Speed(median(prefill), median(decode), bytes, median(memory));
    }

    /** Until the code is compiled, and the weights are in memory. */
    private static void warmUp(Sequence sequence, int[] read, int[] generated) throws InterruptedException {
        long begin = System.nanoTime();
        do {
            sequence.rewind(0);
            sequence.append(read, Rows.LAST, Progress.NONE);
            appendEach(sequence, Arrays.copyOf(generated, Math.min(8, generated.length)));
        } while (System.nanoTime() - begin < WARM_UP);
    }

    private static void appendEach(Sequence sequence, int[] tokens) throws InterruptedException {
        for (int token : tokens) {
            sequence.append(new int[] {token}, Rows.LAST, Progress.NONE);
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private static double seconds(Work work) throws InterruptedException {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
