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

/** Tokens, their cache, and the {@link History} that tells what of it can be used again. */
final class KvSequence implements Sequence {
    private final Evaluator evaluator;
    private final SequenceCache cache;
    private final History history;
    private final int capacity;
    private int[] tokens = new int[64]; // those past the length are about to be evaluated, or of no meaning
    private int length;
    private float[] logits = {}; // (logitRows or more, vocabulary)
    private int logitRows;
    private boolean closed;
    private volatile boolean cancelled;

    KvSequence(Evaluator evaluator, SequenceCache cache, History history, int capacity) {
        this.evaluator = evaluator;
        this.cache = cache;
        this.history = history;
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
    public int reusable(int keptLength) {
        return history.reusable(Objects.checkIndex(keptLength, length + 1));
    }

    @Override
    public void append(int[] added, int[] marks, Rows rows, Progress progress) throws InterruptedException {
        requireOpen();
        check(added, marks);
        if (added.length == 0) {
            return;
        }
        makeWritable(history.reusable(length), length);
        cancelled = false;
        logitRows = 0;
        int wantedRows = switch (rows) {
            case NONE -> 0;
            case LAST -> 1;
            case ALL -> added.length;
        };
        if (logits.length / evaluator.vocabularySize() < wantedRows) {
            logits = new float[Math.multiplyExact(wantedRows, evaluator.vocabularySize())];
        }
        int end = length + added.length;
        hold(added);
        int start = history.resume(length);
        for (int mark : marks) {
            if (mark >= start) {
                history.mark(mark);
            }
        }
        try {
            for (int at = start; at < end; ) {
                int count = Math.min(Math.min(evaluator.largestBatch(), end - at), history.nextMark(at) - at);
                evaluate(at, count, end - wantedRows);
                at += count;
                length = Math.max(length, at);
                logitRows = at == end ? wantedRows : 0;
                progress.evaluated(at - start, end - start);
            }
        } finally {
            history.rewind(length); // forgets the marks that were not reached
        }
    }

    /** Evaluates {@code count} tokens; their logits are wanted from the position {@code firstWanted} on. */
    private void evaluate(int at, int count, int firstWanted) throws InterruptedException {
        endIfCancelled();
        Batch.Check check = history.begin(at, count) ? this::endIfCancelled : () -> {};
        int firstRow = Math.clamp(firstWanted - at, 0, count);
        int logitsAt = Math.max(0, at - firstWanted) * evaluator.vocabularySize();
        evaluator.awaitTurn();
        boolean done = false;
        try {
            evaluator.evaluate(new Batch(tokens, at, count, at, firstRow, logits, logitsAt, check), cache);
            done = true;
        } finally {
            evaluator.endTurn();
            if (!done) {
                history.abandoned();
            }
        }
        history.evaluated(at + count);
    }

    private void check(int[] added, int[] marks) {
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
        for (int mark : marks) {
            if (mark < 0 || mark > length + added.length) {
                throw new IllegalArgumentException(
                        "a mark at %d; there will be %d tokens".formatted(mark, length + added.length));
            }
        }
    }

    private void makeWritable(int from, int kept) {
        try {
            evaluator.budget().detach(cache.attention(), from, kept);
        } catch (CacheMemoryException shared) {
            throw new IllegalStateException(
                    "no memory to write where a fork reads; close a fork: " + shared.getMessage(), shared);
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

    /** Puts tokens behind those that are held, without counting them. */
    private void hold(int[] added) {
        if (length + added.length > tokens.length) {
            tokens = Arrays.copyOf(tokens, Math.max(2 * tokens.length, length + added.length));
        }
        System.arraycopy(added, 0, tokens, length, added.length);
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
        requireOpen();
        history.mark(length);
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
            history.rewind(toLength);
            evaluator.budget().trim(cache.attention(), toLength);
        }
    }

    @Override
    public Sequence fork() throws CacheMemoryException {
        requireOpen();
        evaluator.requireOpen();
        SequenceCache shared = evaluator.budget().fork(cache, length, capacity);
        KvSequence copy = new KvSequence(evaluator, shared, history.fork(shared), capacity);
        copy.tokens = tokens();
        copy.length = length;
        copy.logits = Arrays.copyOf(logits, logitRows * evaluator.vocabularySize());
        copy.logitRows = logitRows;
        return copy;
    }

    @Override
    public void save(Path file) throws IOException {
        requireOpen();
        history.mark(length);
        int vocabulary = evaluator.vocabularySize();
        float[] last = logitRows == 0
                ? new float[0]
                : Arrays.copyOfRange(logits, (logitRows - 1) * vocabulary, logitRows * vocabulary);
        new SequenceFile(file, evaluator.fingerprint(), cache.shape())
                .write(new SequenceFile.Content(tokens(), last, history.lasting()), cache.attention());
    }

    @Override
    public void restore(Path file) throws IOException {
        requireOpen();
        SequenceFile saved = new SequenceFile(file, evaluator.fingerprint(), cache.shape());
        SequenceFile.Content content =
                saved.read(capacity, evaluator.vocabularySize(), cache.attention(), this::makeEmpty);
        hold(content.tokens());
        length = content.tokens().length;
        history.restore(content.states());
        logits = content.logits();
        logitRows = logits.length / evaluator.vocabularySize();
    }

    private void makeEmpty() {
        makeWritable(0, 0);
        rewind(0);
        logitRows = 0;
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            history.close();
            evaluator.budget().giveBack(cache, capacity);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the sequence is closed");
        }
    }
}
