package dev.bantam.engine.model;

import dev.bantam.engine.CacheMemoryException;
import dev.bantam.engine.Mark;
import dev.bantam.engine.Progress;
import dev.bantam.engine.Rows;
import dev.bantam.engine.Sequence;
import dev.bantam.engine.arch.Batch;
import dev.bantam.engine.kernel.SequenceCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** A sequence whose layers all attend, so that it is cut back by forgetting positions. */
final class KvSequence implements Sequence {
    private final Evaluator evaluator;
    private final SequenceCache cache;
    private final int capacity;
    private int[] tokens = new int[64];
    private int length;
    private float[] logits = {}; // (logitRows or more, vocabulary)
    private int logitRows;
    private boolean closed;
    private volatile boolean cancelled;

    KvSequence(Evaluator evaluator, SequenceCache cache, int capacity) {
        this.evaluator = evaluator;
        this.cache = cache;
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
    public void append(int[] added, Rows rows, Progress progress) throws InterruptedException {
        requireOpen();
        check(added);
        if (added.length == 0) {
            return;
        }
        cancelled = false;
        logitRows = 0;
        int vocabulary = evaluator.vocabularySize();
        int wantedRows = switch (rows) {
            case NONE -> 0;
            case LAST -> 1;
            case ALL -> added.length;
        };
        if (logits.length / vocabulary < wantedRows) {
            logits = new float[Math.multiplyExact(wantedRows, vocabulary)];
        }
        int firstWanted = added.length - wantedRows;
        for (int done = 0; done < added.length; ) {
            int count = Math.min(evaluator.largestBatch(), added.length - done);
            int firstRow = Math.clamp(firstWanted - done, 0, count);
            int logitsAt = Math.max(0, done - firstWanted) * vocabulary;
            evaluator.evaluate(
                    new Batch(added, done, count, length, firstRow, logits, logitsAt, this::endIfCancelled), cache);
            hold(added, done, count);
            done += count;
            logitRows = done == added.length ? wantedRows : 0;
            progress.evaluated(done, added.length);
        }
    }

    private void check(int[] added) {
        if (added.length > capacity - length) {
            throw new IllegalArgumentException(
                    "%d tokens do not fit: %d of %d are held".formatted(added.length, length, capacity));
        }
        for (int token : added) {
            if (token < 0 || token >= evaluator.vocabularySize()) {
                throw new IllegalArgumentException(
                        "token %d; the vocabulary has 0 to %d".formatted(token, evaluator.vocabularySize() - 1));
            }
        }
    }

    private void endIfCancelled() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted");
        }
        if (cancelled) {
            throw new InterruptedException("cancelled");
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
        int vocabulary = evaluator.vocabularySize();
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

    @Override
    public Sequence fork() throws CacheMemoryException {
        requireOpen();
        KvSequence copy = evaluator.newSequence(capacity);
        copy.cache.attention().copyFrom(cache.attention(), length);
        copy.hold(tokens, 0, length);
        copy.logits = Arrays.copyOf(logits, logitRows * evaluator.vocabularySize());
        copy.logitRows = logitRows;
        return copy;
    }

    @Override
    public void save(Path file) throws IOException {
        requireOpen();
        SequenceFile.write(file, evaluator.fingerprint(), tokens(), cache.attention());
    }

    @Override
    public void restore(Path file) throws IOException {
        requireOpen();
        int[] restored = SequenceFile.read(
                file, evaluator.fingerprint(), capacity, evaluator.vocabularySize(), cache.attention());
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
            evaluator.giveBack(cache, capacity);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the sequence is closed");
        }
    }
}
