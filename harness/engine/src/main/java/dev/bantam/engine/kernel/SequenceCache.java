package dev.bantam.engine.kernel;

/**
 * What a model has computed for one sequence.
 *
 * @param attention keys and values of every token, of the layers that attend
 * @param recurrent the state after the last token, of the layers that do not
 */
public record SequenceCache(KvCache attention, RecurrentState recurrent) implements AutoCloseable {
    /** How large it is: so much for every token, and so much once. */
    public record Shape(KvCache.Shape attention, RecurrentState.Shape recurrent) {
        public long bytesPerToken() {
            return attention.bytesPerToken();
        }
    }

    public SequenceCache(Shape shape) {
        this(new KvCache(shape.attention()), new RecurrentState(shape.recurrent()));
    }

    public Shape shape() {
        return new Shape(attention.shape(), recurrent.shape());
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        attention.close();
    }
}
