package dev.bantam.model.inspect;

import dev.bantam.api.ModelException;
import dev.bantam.engine.CacheMemoryException;
import dev.bantam.engine.Model;
import dev.bantam.engine.Progress;
import dev.bantam.engine.Rows;
import dev.bantam.engine.Sequence;
import java.io.IOException;
import java.util.Arrays;

/** What a model computes for given tokens. */
public final class Computed {
    /** Logits that are held at once; 64 MiB. */
    private static final int HELD = 1 << 24;

    private final Model model;
    private final int[] tokens;
    private final int greedy;
    private final float[] logits;
    private final int held;

    /** Where logits go to, position by position. */
    @FunctionalInterface
    public interface Taker {
        /** Takes those of one position (vocabulary), in an array that is used again. */
        void take(float[] logits) throws IOException;
    }

    /**
     * Checks what is wanted.
     *
     * @param greedy how many of the likeliest tokens to continue with; the end of a reply does not end it
     * @throws IllegalArgumentException when there is no token, an unknown one, or more than the model's context
     */
    public Computed(Model model, int[] tokens, int greedy) {
        this(model, tokens, greedy, HELD);
    }

    Computed(Model model, int[] tokens, int greedy, int held) {
        int context = model.facts().contextTokens();
        if (tokens.length == 0) {
            throw new IllegalArgumentException("there are no tokens to compute with");
        }
        if ((long) tokens.length + greedy > context) {
            throw new IllegalArgumentException("%,d tokens and %,d to follow are more than the model's context of %,d"
                    .formatted(tokens.length, greedy, context));
        }
        int vocabulary = model.facts().vocabularySize();
        for (int token : tokens) {
            if (token < 0 || token >= vocabulary) {
                throw new IllegalArgumentException(
                        "token %d; the vocabulary has 0 to %d".formatted(token, vocabulary - 1));
            }
        }
        this.model = model;
        this.tokens = tokens.clone();
        this.greedy = greedy;
        this.held = held;
        this.logits = new float[vocabulary];
    }

    /**
     * Evaluates the tokens, in as many parts as memory asks for.
     *
     * @param all whether the logits of every position are wanted, or those of the last alone
     * @return the likeliest tokens that follow, one after the other
     * @throws ModelException when the model gives no numbers
     */
    public int[] run(boolean all, Taker taker)
            throws CacheMemoryException, InterruptedException, IOException, ModelException {
        int part = all ? Math.max(1, held / logits.length) : tokens.length;
        try (Sequence sequence = model.newSequence(tokens.length + greedy)) {
            for (int from = 0; from < tokens.length; from += part) {
                int[] next = Arrays.copyOfRange(tokens, from, Math.min(from + part, tokens.length));
                sequence.append(next, all ? Rows.ALL : Rows.LAST, Progress.NONE);
                for (int row = 0; row < (all ? next.length : 1); row++) {
                    read(sequence, row);
                    taker.take(logits);
                }
            }
            return chain(sequence);
        }
    }

    private int[] chain(Sequence sequence) throws InterruptedException, ModelException {
        int[] chain = new int[greedy];
        for (int i = 0; i < greedy; i++) {
            chain[i] = likeliest(logits);
            if (i + 1 < greedy) {
                sequence.append(Arrays.copyOfRange(chain, i, i + 1), Rows.LAST, Progress.NONE);
                read(sequence, 0);
            }
        }
        return chain;
    }

    private void read(Sequence sequence, int row) throws ModelException {
        sequence.logits(row, logits);
        for (int id = 0; id < logits.length; id++) {
            if (!Float.isFinite(logits[id])) {
                throw new ModelException(
                        ModelException.Kind.UNUSABLE,
                        ("the logit of token %d is %s: the weights of %s are damaged, or its kind of model is not computed"
                                        + " as it must be. Get the file again; bantam models pull checks it")
                                .formatted(id, logits[id], model.facts().name()));
            }
        }
    }

    private static int likeliest(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            if (logits[i] > logits[best]) {
                best = i;
            }
        }
        return best;
    }
}
