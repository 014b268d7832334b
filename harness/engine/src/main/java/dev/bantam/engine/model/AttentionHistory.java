package dev.bantam.engine.model;

import dev.bantam.engine.kernel.SequenceCache;
import java.util.List;

/** Of layers that all attend: every position is there to come back to, and nothing has to be kept for it. */
enum AttentionHistory implements History {
    ALL;

    @Override
    public int reusable(int length) {
        return length;
    }

    @Override
    public int resume(int length) {
        return length;
    }

    @Override
    public void mark(int position) {}

    @Override
    public int nextMark(int position) {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean begin(int position, int count) {
        return true;
    }

    @Override
    public void evaluated(int position) {}

    @Override
    public void abandoned() {}

    @Override
    public void rewind(int length) {}

    @Override
    public History fork(SequenceCache copy) {
        return this;
    }

    @Override
    public List<Checkpoint> lasting() {
        return List.of();
    }

    @Override
    public void restore(List<Checkpoint> saved) {}

    @Override
    public void close() {}
}
