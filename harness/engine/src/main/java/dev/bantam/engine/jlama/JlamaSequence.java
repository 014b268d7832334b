package dev.bantam.engine.jlama;

import dev.bantam.engine.CacheMemoryException;
import dev.bantam.engine.Mark;
import dev.bantam.engine.Progress;
import dev.bantam.engine.Rows;
import dev.bantam.engine.Sequence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** Tokens and their keys and values in jlama's pages. All layers attend, so it is cut back by forgetting positions. */
final class JlamaSequence implements Sequence {
    private final JlamaModel model;
    private final Runner runner;
    private final KvRows cache;
    private final int capacity;
    private int[] tokens = new int[64];
    private int length;
    private float[] logits = {}; // (logitRows or more, vocabulary)
    private int logitRows;
    private boolean closed;
    private volatile boolean cancelled;

    JlamaSequence(JlamaModel model, Runner runner, int capacity) {
        this.model = model;
        this.runner = runner;
        this.cache = runner.newCache();
        this.capacity = capacity;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public int[] tokens() {
        return Arrays.copyOf(tokens, length);
    }

    @Override
    public int token(int index) {
        return tokens[Objects.checkIndex(index, length)];
    }

    @Override
    public int reusable(int toLength) {
        return toLength;
    }

    @Override
    public void append(int[] added, int[] marks, Rows rows, Progress progress) throws InterruptedException {
        requireOpen();
        check(added);
        if (added.length == 0) {
            return;
        }
        cancelled = false;
        logitRows = 0;
        int vocabulary = runner.config().vocabulary();
        int wanted = switch (rows) {
            case NONE -> 0;
            case LAST -> 1;
            case ALL -> added.length;
        };
        if (logits.length / vocabulary < wanted) {
            logits = new float[Math.multiplyExact(wanted, vocabulary)];
        }
        int firstWanted = added.length - wanted;
        for (int done = 0; done < added.length; ) {
            int count = Products.batch(Math.min(model.facts().largestBatch(), added.length - done));
            int firstRow = Math.clamp(firstWanted - done, 0, count);
            evaluate(
                    Arrays.copyOfRange(added, done, done + count),
                    firstRow,
                    Math.max(0, done - firstWanted) * vocabulary);
            hold(added, done, count);
            done += count;
            logitRows = done == added.length ? wanted : 0;
            progress.evaluated(done, added.length);
        }
    }

    private void evaluate(int[] batch, int firstRow, int logitsAt) throws InterruptedException {
        try {
            runner.evaluate(batch, length, cache, firstRow, logits, logitsAt, this::endIfCancelled);
        } catch (Cancellation ended) {
            Thread.interrupted();
            throw new InterruptedException(ended.getMessage());
        }
    }

    private void endIfCancelled() {
        if (Thread.currentThread().isInterrupted()) {
            throw new Cancellation("interrupted");
        }
        if (cancelled) {
            throw new Cancellation("cancelled");
        }
    }

    private void check(int[] added) {
        if (added.length > capacity - length) {
            throw new IllegalArgumentException(
                    "%d tokens do not fit: %d of %d are held".formatted(added.length, length, capacity));
        }
        int vocabulary = runner.config().vocabulary();
        for (int token : added) {
            if (token < 0 || token >= vocabulary) {
                throw new IllegalArgumentException(
                        "token %d; the vocabulary has 0 to %d".formatted(token, vocabulary - 1));
            }
        }
    }

    private void hold(int[] added, int from, int count) {
        if (length + count > tokens.length) {
            tokens = Arrays.copyOf(tokens, Math.max(2 * tokens.length, length + count));
        }
        System.arraycopy(added, from, tokens, length, count);
        length += count;
    }

    @Override
    public void logits(int row, float[] into) {
        if (row < 0 || row >= logitRows) {
            throw new IllegalStateException(
                    "row %d; the latest append gave %d rows of logits".formatted(row, logitRows));
        }
        int vocabulary = runner.config().vocabulary();
        System.arraycopy(logits, row * vocabulary, into, 0, vocabulary);
    }

    @Override
    public Mark mark() {
        return new Mark(length);
    }

    @Override
    public void rewind(int toLength) {
        requireOpen();
        if (toLength < 0 || toLength > length) {
            throw new IllegalArgumentException("a rewind to %d; the length is %d".formatted(toLength, length));
        }
        if (toLength < length) {
            length = toLength;
            logitRows = 0;
        }
    }

    /** Copies keys and values, so nothing is evaluated again. */
    @Override
    public Sequence fork() throws CacheMemoryException {
        requireOpen();
        JlamaSequence copy = model.newSequence(capacity);
        copy.cache.copyFrom(cache, length);
        copy.hold(tokens, 0, length);
        copy.logits = Arrays.copyOf(logits, logitRows * runner.config().vocabulary());
        copy.logitRows = logitRows;
        return copy;
    }

    @Override
    public void save(Path file) throws IOException {
        requireOpen();
        SavedRows.write(file, model.facts().fingerprint(), tokens(), cache);
    }

    @Override
    public void restore(Path file) throws IOException {
        requireOpen();
        int[] restored = SavedRows.read(file, model.facts().fingerprint(), capacity, cache);
        length = 0;
        logitRows = 0;
        hold(restored, 0, restored.length);
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            cache.close();
            model.giveBack(capacity);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the sequence is closed");
        }
        runner.requireOpen();
    }
}
