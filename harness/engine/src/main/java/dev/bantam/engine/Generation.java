package dev.bantam.engine;

import java.util.Arrays;
import java.util.Set;

/**
 * The one loop that generates: sample, append, tell. It begins with the logits of the latest append and keeps this true: the
 * sequence holds what it held before plus exactly the tokens of the result, and its logits are those after the last of
 * them.
 *
 * <p>So the token that ends the turn is neither in the result nor in the sequence: a turn can be taken up again by
 * choosing another token from the same logits. A stop token is in both. After {@link Finish#CANCELLED} there may be no
 * logits.
 */
public final class Generation {
    private final Sequence sequence;
    private final Tokenizer tokenizer;
    private final Sampler sampler;
    private final Limits limits;
    private volatile boolean cancelled;

    /**
     * When to stop besides the model's own end.
     *
     * @param maxTokens the most tokens generated; the sequence's room is a limit as well
     * @param stopTokens tokens after which the reply is complete
     */
    public record Limits(int maxTokens, Set<Integer> stopTokens) {
        public Limits {
            stopTokens = Set.copyOf(stopTokens);
        }

        public static Limits tokens(int maxTokens) {
            return new Limits(maxTokens, Set.of());
        }
    }

    /** Why it ended. */
    public enum Finish {
        /** The model ended its turn, or gave a stop token. */
        END,
        /** The limit of tokens or the sequence's room was reached. */
        LENGTH,
        /** {@link Generation#cancel} or an interrupt; after an interrupt the thread's flag is set. */
        CANCELLED
    }

    /** The tokens, the logarithm of each one's probability, and why there are no more. */
    public record Result(int[] tokens, float[] logProbabilities, Finish finish) {}

    /** Told of each token once it is in the sequence; what it throws ends the generation. */
    public interface Listener {
        Listener NONE = choice -> {};

        void generated(Sampler.Choice choice);
    }

    public Generation(Sequence sequence, Tokenizer tokenizer, Sampler sampler, Limits limits) {
        this.sequence = sequence;
        this.tokenizer = tokenizer;
        this.sampler = sampler;
        this.limits = limits;
    }

    /** Generates until something ends it. */
    public Result run(Listener listener) {
        float[] logits = new float[tokenizer.vocabularySize()];
        int most = Math.max(0, Math.min(limits.maxTokens(), sequence.capacity() - sequence.length()));
        int[] tokens = new int[Math.min(most, 256)];
        float[] logProbabilities = new float[tokens.length];
        int count = 0;
        Finish finish = Finish.LENGTH;
        while (count < most) {
            if (cancelled || Thread.currentThread().isInterrupted()) {
                finish = Finish.CANCELLED;
                break;
            }
            sequence.logits(0, logits);
            Sampler.Choice choice = sampler.sample(logits);
            if (tokenizer.isEndOfGeneration(choice.token())) {
                finish = Finish.END;
                break;
            }
            if (!appended(choice.token())) {
                finish = Finish.CANCELLED;
                break;
            }
            sampler.accept(choice.token());
            if (count == tokens.length) {
                tokens = Arrays.copyOf(tokens, Math.min(most, 2 * count));
                logProbabilities = Arrays.copyOf(logProbabilities, tokens.length);
            }
            tokens[count] = choice.token();
            logProbabilities[count++] = choice.logProbability();
            listener.generated(choice);
            if (limits.stopTokens().contains(choice.token())) {
                finish = Finish.END;
                break;
            }
        }
        return new Result(Arrays.copyOf(tokens, count), Arrays.copyOf(logProbabilities, count), finish);
    }

    /** Ends the generation from another thread, also one that has not begun. */
    public void cancel() {
        cancelled = true;
        sequence.cancel();
    }

    private boolean appended(int token) {
        try {
            sequence.append(new int[] {token}, Rows.LAST, Progress.NONE);
            return true;
        } catch (InterruptedException ended) {
            if (!cancelled) {
                Thread.currentThread().interrupt();
            }
            return false;
        }
    }
}
