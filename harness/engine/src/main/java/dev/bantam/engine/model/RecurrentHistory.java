package dev.bantam.engine.model;

import dev.bantam.engine.kernel.RecurrentState;
import dev.bantam.engine.kernel.SequenceCache;
import java.util.List;
import java.util.TreeSet;

/**
 * Of layers that keep a state: it can only be brought back by a copy, and then tokens be evaluated again. There are copies
 * at the marks, and one from before the latest batch of several tokens: it makes up for a batch that was given up, and for
 * drafted tokens that were rejected. Steps of one token, for which a copy would cost too much, are not given up.
 */
final class RecurrentHistory implements History {
    private static final int NOWHERE = -1;

    private final RecurrentState state;
    private final CacheBudget budget;
    private final Checkpoints marks;
    private final TreeSet<Integer> wanted = new TreeSet<>(); // positions to be marked
    private int
            at; // how many tokens the state has seen; NOWHERE after a batch was given up or the tokens were forgotten
    private Checkpoint before; // where the copy from before a batch lies; null until there was one
    private int beforeAt = NOWHERE; // how many tokens that copy has seen

    RecurrentHistory(RecurrentState state, CacheBudget budget) {
        this.state = state;
        this.budget = budget;
        marks = new Checkpoints(budget);
    }

    @Override
    public int reusable(int length) {
        return Math.max(at <= length ? at : 0, copied(length));
    }

    /** The latest position at or before {@code length} of which there is a copy; 0 needs none. */
    private int copied(int length) {
        Checkpoint mark = marks.nearest(length);
        return Math.max(mark == null ? 0 : mark.position(), beforeAt <= length ? beforeAt : 0);
    }

    @Override
    public int resume(int length) {
        int position = reusable(length);
        if (position == at) {
            return at;
        }
        Checkpoint mark = marks.nearest(position);
        if (position == 0) {
            state.clear();
        } else if (mark != null && mark.position() == position) {
            state.copyFrom(mark.memory());
        } else {
            state.copyFrom(before.memory());
        }
        at = position;
        return at;
    }

    @Override
    public void mark(int position) {
        if (position == at) {
            save();
        } else {
            wanted.add(position);
        }
    }

    private void save() {
        Checkpoint latest = marks.nearest(at);
        if (at > 0 && (latest == null || latest.position() < at)) {
            marks.add(at, state);
        }
    }

    @Override
    public int nextMark(int position) {
        Integer next = wanted.higher(position);
        return next == null ? Integer.MAX_VALUE : next;
    }

    @Override
    public boolean begin(int position, int count) {
        if (count == 1) {
            return false;
        }
        if (copied(position) < position) {
            if (before == null) {
                before = new Checkpoint(position, state.shape());
            }
            state.copyTo(before.memory());
            beforeAt = position;
        }
        return true;
    }

    @Override
    public void evaluated(int position) {
        at = position;
        if (wanted.remove(position)) {
            save();
        }
    }

    @Override
    public void abandoned() {
        at = NOWHERE;
    }

    @Override
    public void rewind(int length) {
        wanted.tailSet(length, false).clear();
        marks.rewind(length);
        if (beforeAt > length) {
            beforeAt = NOWHERE;
        }
        if (at > length) {
            at = NOWHERE;
        }
    }

    @Override
    public History fork(SequenceCache copy) {
        RecurrentHistory fork = new RecurrentHistory(copy.recurrent(), budget);
        fork.at = at;
        fork.marks.shareAll(marks);
        fork.wanted.addAll(wanted);
        return fork;
    }

    @Override
    public List<Checkpoint> lasting() {
        return marks.lasting();
    }

    @Override
    public void restore(List<Checkpoint> saved) {
        rewind(0);
        marks.replace(saved);
        at = NOWHERE;
    }

    @Override
    public void close() {
        marks.replace(List.of());
        if (before != null) {
            before.release();
            before = null;
            beforeAt = NOWHERE;
        }
    }
}
