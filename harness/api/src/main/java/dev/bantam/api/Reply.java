package dev.bantam.api;

/**
 * A model's whole reply to one request.
 *
 * @param signals how it came about
 */
public record Reply(Message.Assistant message, Usage usage, Signals signals) {
    /** A reply of a model that tells no more. */
    public Reply(Message.Assistant message, Usage usage) {
        this(message, usage, Signals.NONE);
    }

    /**
     * What only a model in this process can tell.
     *
     * @param tokensPerSecond while the reply was made; 0 when not known
     * @param meanEntropy of the distributions that its tokens were drawn from, in nats; high where the model is unsure
     * @param forced tokens that a tool's schema left no choice about
     * @param drafted tokens copied from the context on trial
     * @param accepted drafted tokens that were kept
     */
    public record Signals(double tokensPerSecond, double meanEntropy, int forced, int drafted, int accepted) {
        public static final Signals NONE = new Signals(0, 0, 0, 0, 0);
    }
}
