package dev.bantam.evals.speed;

/** A model opened by one of the engines that are compared. One thread. */
interface Subject extends AutoCloseable {
    /**
     * One measured run, in seconds.
     *
     * @param prefill reading the context, up to its last logits
     * @param decode generating, token by token, each with its logits read
     */
    record Run(double prefill, double decode) {}

    /** Reads {@code context} tokens into an empty sequence, then generates {@code tokens} more. */
    Run run(int context, int tokens) throws InterruptedException;

    /** Bytes that one more token of context adds to what each step reads. */
    long cacheBytesPerToken();

    @Override
    void close();
}
