package dev.bantam.engine.model;

import dev.bantam.engine.kernel.RecurrentState;
import java.util.ArrayList;
import java.util.List;

/**
 * The marks of one sequence, ascending. The first (it stands after the system prompt and tools) and the latest are always
 * kept, at the sequence's own expense; those between share a pool with other sequences. When the pool is full, the one is
 * dropped whose loss costs least: few tokens to evaluate again, and far back, where a rewind seldom goes. So old ones thin
 * out and stay spread.
 */
final class Checkpoints {
    private final CacheBudget budget;
    private final List<Checkpoint> list = new ArrayList<>();

    Checkpoints(CacheBudget budget) {
        this.budget = budget;
    }

    /** The latest at or before {@code length}, or null. */
    Checkpoint nearest(int length) {
        Checkpoint found = null;
        for (Checkpoint checkpoint : list) {
            found = checkpoint.position() <= length ? checkpoint : found;
        }
        return found;
    }

    /** Copies the state after {@code position} tokens, which lies beyond all marks so far. */
    void add(int position, RecurrentState state) {
        if (list.size() > 1) {
            makeRoom(position);
        }
        list.add(Checkpoint.of(position, state));
    }

    /** The latest is the latest no more: finds a place for it in the pool, or drops the least useful one. */
    private void makeRoom(int position) {
        Checkpoint latest = list.getLast();
        while (!budget.pool(latest)) {
            int least = leastUseful(position);
            Checkpoint dropped = list.remove(least);
            if (dropped != latest) {
                budget.unpool(dropped);
            }
            budget.release(dropped);
            if (dropped == latest) {
                return;
            }
        }
    }

    private int leastUseful(int end) {
        int least = list.size() - 1;
        double leastUse = Double.MAX_VALUE;
        for (int i = 1; i < list.size(); i++) {
            int next = i + 1 < list.size() ? list.get(i + 1).position() : end;
            double gap = next - list.get(i - 1).position();
            double use = gap / (end - list.get(i).position());
            if (use < leastUse) {
                leastUse = use;
                least = i;
            }
        }
        return least;
    }

    /** Drops those beyond {@code length}. */
    void rewind(int length) {
        int before = list.size();
        while (!list.isEmpty() && list.getLast().position() > length) {
            if (list.size() > 1 && list.size() < before) {
                budget.unpool(list.getLast());
            }
            budget.release(list.removeLast());
        }
        if (list.size() > 1 && list.size() < before) {
            budget.unpool(list.getLast());
        }
    }

    /** Those that are worth being saved: the first and the latest. */
    List<Checkpoint> lasting() {
        return list.size() < 2 ? List.copyOf(list) : List.of(list.getFirst(), list.getLast());
    }

    /** Takes over new ones, at most two, which must lie ascending. */
    void replace(List<Checkpoint> others) {
        rewind(-1);
        list.addAll(others);
    }

    void shareAll(Checkpoints other) {
        for (Checkpoint checkpoint : other.list) {
            budget.share(checkpoint);
            list.add(checkpoint);
        }
        for (int i = 1; i < list.size() - 1; i++) {
            budget.pool(list.get(i)); // in the pool already, so there is room
        }
    }
}
