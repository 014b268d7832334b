package dev.bantam.engine.kernel;

import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Causal grouped-query attention over a cache: out = softmax(q Kᵀ / sqrt(width)) V. A token may be held to a sliding window,
 * and a head may have a sink: a logit that takes part in the softmax and has no value
 * (<a href="https://arxiv.org/abs/2309.17453">Xiao et al., Efficient Streaming Language Models with Attention Sinks</a>).
 *
 * <p>Positions are taken in chunks at fixed places. Each chunk gives a partial result, and the partial results of a query
 * are merged in ascending order (<a href="https://arxiv.org/abs/1805.02867">Milakov and Gimelshein, Online normalizer
 * calculation for softmax</a>), whether one slice of work has gone through them one after the other (many queries) or
 * every chunk was a slice of its own (few queries and a long context). So the bits do not depend on which it was. All
 * queries of a tile, those of one group of heads above all, share one reading of keys and values.
 */
public final class Attention {
    /** Multiplications that are worth handing to another thread. */
    private static final int WORTHWHILE = 1 << 15;

    /** Queries of a tile, about: enough that unpacking keys and values costs little. */
    private static final int ROWS = 32;

    /** The most partial results (query, chunk) that are kept rather than merged at once. */
    private static final int PARTIALS = 1 << 13;

    private final Workers workers;
    private final int heads;
    private final ConcurrentLinkedDeque<AttentionTile> idle = new ConcurrentLinkedDeque<>();
    private float[] partials = {}; // (token, head, chunk, AttentionTile.partialSize)

    public Attention(Workers workers, int heads) {
        this.workers = workers;
        this.heads = heads;
    }

    /** What an {@code attend} was asked for. */
    record Task(
            KvCache cache,
            int layer,
            int position,
            int n,
            int window,
            float[] sinks,
            float[] q, // (n, heads, width)
            float[] out, // (n, heads, width)
            int heads) {
        int width() {
            return cache.shape().width();
        }

        /** Query heads that read one key-value head. */
        int group() {
            return heads / cache.shape().heads();
        }

        /** The first position that token {@code t} sees; it sees up to its own. */
        int first(int t) {
            return Math.max(0, position + t + 1 - window);
        }

        int firstChunk(int t) {
            return first(t) / AttentionTile.CHUNK;
        }

        int lastChunk(int t) {
            return (position + t) / AttentionTile.CHUNK;
        }
    }

    /** Attends to all that came before, without sinks. */
    public void attend(KvCache cache, int layer, int position, int n, float[] q, float[] out) {
        attend(cache, layer, position, n, Integer.MAX_VALUE, new float[0], q, out);
    }

    /**
     * Attends with q (n, heads, width) of {@code n} tokens from {@code position} on, whose keys and values are stored
     * already; head h reads key-value head h / (heads / kvHeads). Writes out (n, heads, width).
     *
     * @param window how many positions a token sees, its own included
     * @param sinks one logit a head, or none
     */
    public void attend(
            KvCache cache, int layer, int position, int n, int window, float[] sinks, float[] q, float[] out) {
        Task task = new Task(cache, layer, position, n, window, sinks, q, out, heads);
        int chunks = task.lastChunk(n - 1) - task.firstChunk(0) + 1;
        if (chunks > 1 && (long) n * heads * chunks <= PARTIALS) {
            inChunks(task, chunks);
        } else {
            whole(task, chunks);
        }
    }

    private void whole(Task task, int chunks) {
        int tokens = Math.max(1, ROWS / task.group());
        int tiles = Math.ceilDiv(task.n, tokens);
        workers.split(tiles * task.cache.shape().heads(), perSlice(task, tokens, chunks), (begin, end) -> {
            AttentionTile tile = tile(task, tokens);
            for (int item = begin; item < end; item++) {
                int first = item % tiles * tokens;
                int last = Math.min(task.n, first + tokens) - 1;
                tile.queries(task, item / tiles, first, last);
                for (int chunk = task.firstChunk(first); chunk <= task.lastChunk(last); chunk++) {
                    tile.compute(task, chunk);
                    tile.merge();
                }
                tile.finish(task);
            }
            idle.push(tile);
        });
    }

    private void inChunks(Task task, int chunks) {
        int tokens = Math.max(1, ROWS / task.group());
        int tiles = Math.ceilDiv(task.n, tokens);
        int size = AttentionTile.partialSize(task.width());
        if (partials.length < task.n * heads * chunks * size) {
            partials = new float[task.n * heads * chunks * size];
        }
        int items = tiles * task.cache.shape().heads() * chunks;
        workers.split(items, perSlice(task, tokens, 1), (begin, end) -> {
            AttentionTile tile = tile(task, tokens);
            for (int item = begin; item < end; item++) {
                int first = item / chunks % tiles * tokens;
                int last = Math.min(task.n, first + tokens) - 1;
                int chunk = item % chunks;
                tile.queries(task, item / chunks / tiles, first, last);
                tile.compute(task, task.firstChunk(0) + chunk);
                tile.save(partials, chunk, chunks);
            }
            idle.push(tile);
        });
        int kvHeads = task.cache.shape().heads();
        workers.split(tiles * kvHeads, perSlice(task, tokens, 1), (begin, end) -> {
            AttentionTile tile = tile(task, tokens);
            for (int item = begin; item < end; item++) {
                int first = item % tiles * tokens;
                tile.queries(task, item / tiles, first, Math.min(task.n, first + tokens) - 1);
                for (int chunk = 0; chunk < chunks; chunk++) {
                    tile.load(partials, chunk, chunks);
                    tile.merge();
                }
                tile.finish(task);
            }
            idle.push(tile);
        });
    }

    private static int perSlice(Task task, int tokens, int chunks) {
        long work = 2L
                * task.width()
                * Math.min(tokens, task.n)
                * task.group()
                * Math.min(chunks * AttentionTile.CHUNK, task.position + task.n);
        return (int) Math.max(1, WORTHWHILE / work);
    }

    private AttentionTile tile(Task task, int tokens) {
        AttentionTile tile = idle.poll();
        int rows = tokens * task.group();
        return tile != null && tile.fits(rows, task.width()) ? tile : new AttentionTile(rows, task.width());
    }
}
