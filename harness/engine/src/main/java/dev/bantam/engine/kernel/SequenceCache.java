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

        /** The same with keys and values stored as {@code type}. */
        public Shape with(KvType type) {
            return new Shape(attention.with(type), recurrent);
        }
    }

    public SequenceCache(Shape shape) {
        this(new KvCache(shape.attention()), new RecurrentState(shape.recurrent()));
    }

    public Shape shape() {
        return new Shape(attention.shape(), recurrent.shape());
    }

    /** Shares the first {@code length} positions and copies the state. */
    public SequenceCache share(int length) {
        SequenceCache copy = new SequenceCache(attention.share(length), new RecurrentState(recurrent.shape()));
        copy.recurrent.copyFrom(recurrent);
        return copy;
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        attention.close();
    }
}
