package dev.bantam.engine;

import java.util.Arrays;
import java.util.Set;

/**
 * The one loop that generates: sample, append, tell. It begins with the logits of the latest append and keeps this true: the
 * sequence holds what it held before plus exactly the tokens of the result, and its logits are those after the last of
 * them.
 *
 * <p>So the token that ends the turn is neither in the result nor in the sequence: a turn can be taken up again by
 * choosing another token from the same logits. A stop token is in both, and so is an end that the constraint asked for. After {@link Finish#CANCELLED} there may be no
 * logits.
 *
 * <p>Tokens that a {@link Constraint} leaves no choice about are appended in one batch, and so are drafts of
 * {@link PromptLookup}, which are kept as far as the sampler would have chosen the same: the result is the one without
 * drafts.
 */
public final class Generation {
    private static final int[] NOTHING = {};

    private final Sequence sequence;
    private final Tokenizer tokenizer;
    private final Sampler sampler;
    private final Limits limits;
    private volatile boolean cancelled;

    /**
     * When to stop besides the model's own end, and how to go faster.
     *
     * @param maxTokens the most tokens generated; the sequence's room is a limit as well
     * @param stopTokens tokens after which the reply is complete
     * @param lookup whether to draft tokens from the context where they seem to be copied
     */
    public record Limits(int maxTokens, Set<Integer> stopTokens, boolean lookup) {
        public Limits {
            stopTokens = Set.copyOf(stopTokens);
        }

        public static Limits tokens(int maxTokens) {
            return new Limits(maxTokens, Set.of(), false);
        }

        public Limits withStopTokens(Set<Integer> tokens) {
            return new Limits(maxTokens, tokens, lookup);
        }

        public Limits withLookup(boolean wanted) {
            return new Limits(maxTokens, stopTokens, wanted);
        }
    }

    /** Why it ended. */
    public enum Finish {
        /** The model ended its turn, or gave a stop token. */
        END,
        /** The limit of tokens or the sequence's room was reached. */
        LENGTH,
        /** The model repeated itself exactly; see {@link RepetitionWatch}. */
        LOOP,
        /** {@link Generation#cancel} or an interrupt; after an interrupt the thread's flag is set. */
        CANCELLED
    }

    /**
     * What came of it.
     *
     * @param logProbabilities of each token by the model's own logits; 0 for tokens that were put in without asking it
     * @param entropies of the distribution that each token was drawn from, in nats; 0 for tokens put in
     * @param work what it took
     */
    public record Result(int[] tokens, float[] logProbabilities, float[] entropies, Finish finish, Work work) {}

    /**
     * What a generation took.
     *
     * @param forwardPasses batches evaluated
     * @param forced tokens that needed no choice
     * @param drafted tokens looked up in the context
     * @param accepted drafted tokens that were kept
     */
    public record Work(int forwardPasses, int forced, int drafted, int accepted) {}

    public Generation(Sequence sequence, Tokenizer tokenizer, Sampler sampler, Limits limits) {
        this.sequence = sequence;
        this.tokenizer = tokenizer;
        this.sampler = sampler;
        this.limits = limits;
    }

    /** Generates until something ends it. */
    public Result run(Steering steering) {
        return new Run(steering).toEnd();
    }

    /** Ends the generation from another thread, also one that has not begun. */
    public void cancel() {
        cancelled = true;
        sequence.cancel();
    }

    /** One generation from start to end. */
    private final class Run {
        private final Steering steering;
        private final float[] logits = new float[tokenizer.vocabularySize()];
        private final Generated generated = new Generated();
        private final int most = Math.max(0, Math.min(limits.maxTokens(), sequence.capacity() - sequence.length()));
        private final PromptLookup lookup = limits.lookup() ? new PromptLookup(sequence) : null;
        private Constraint held; // null while the text is free
        private int[] insert = NOTHING;
        private Sampler.Choice carried; // already sampled after rows that are no longer there
        private int row; // of the latest append's logits: those after the last token
        private boolean logitsAreThere = true;
        private int[] ahead; // forced tokens from here, once known
        private Finish finish;
        private int passes;
        private int forced;
        private int drafted;
        private int accepted;

        Run(Steering steering) {
            this.steering = steering;
        }

        Result toEnd() {
            try {
                steer(steering.atStart());
                while (finish == null) {
                    step();
                }
                if (!logitsAreThere) {
                    sequence.rewind(sequence.length() - 1);
                    append(new int[] {generated.last()}, Rows.LAST);
                }
            } catch (InterruptedException ended) {
                if (!cancelled) {
                    Thread.currentThread().interrupt();
                }
                finish = Finish.CANCELLED;
            }
            return generated.result(finish, new Work(passes, forced, drafted, accepted));
        }

        private void step() throws InterruptedException {
            if (cancelled || Thread.currentThread().isInterrupted()) {
                finish = Finish.CANCELLED;
            } else if (generated.count() >= most) {
                finish = Finish.LENGTH;
            } else if (insert.length > 0) {
                int[] tokens = insert;
                insert = NOTHING;
                put(tokens);
            } else if (carried == null && forcedTokens().length > 0) {
                int[] tokens = forcedTokens();
                forced += tokens.length;
                put(tokens);
            } else {
                choose();
            }
        }

        private void choose() throws InterruptedException {
            Sampler.Choice choice = carried == null ? sample(row) : carried;
            carried = null;
            boolean end = tokenizer.isEndOfGeneration(choice.token());
            if (end && held == null) {
                steer(steering.atEnd());
                finish = finish == null && insert.length == 0 ? Finish.END : finish;
                return;
            }
            int[] draft = lookup == null || end ? NOTHING : lookup.after(choice.token(), most - generated.count() - 1);
            if (draft.length == 0) {
                append(new int[] {choice.token()}, Rows.LAST);
                take(choice);
                finish = finish == null && end ? Finish.END : finish; // a call's last mark may be an end as well
            } else {
                verify(choice, draft);
            }
        }

        /** Evaluates a chosen token and a draft of what may follow, and keeps of the draft what would have been chosen. */
        private void verify(Sampler.Choice choice, int[] draft) throws InterruptedException {
            int start = sequence.length();
            int[] batch = new int[draft.length + 1];
            batch[0] = choice.token();
            System.arraycopy(draft, 0, batch, 1, draft.length);
            append(batch, Rows.ALL);
            take(choice);
            int kept = 0;
            while (kept < draft.length && finish == null && insert.length == 0 && forcedTokens().length == 0) {
                Sampler.Choice next = sample(kept);
                if (next.token() != draft[kept] || tokenizer.isEndOfGeneration(next.token())) {
                    carried = next;
                    break;
                }
                kept++;
                take(next);
            }
            if (kept < draft.length) {
                sequence.rewind(start + 1 + kept);
                logitsAreThere = false;
            }
            row = kept;
            drafted += draft.length;
            accepted += kept;
            lookup.learn(kept, draft.length);
        }

        private Sampler.Choice sample(int row) {
            sequence.logits(row, logits);
            return held == null ? sampler.sample(logits) : sampler.sample(logits, held.allowed());
        }

        private void put(int[] tokens) throws InterruptedException {
            int[] fitting = Arrays.copyOf(tokens, Math.min(tokens.length, most - generated.count()));
            append(fitting, Rows.LAST);
            for (int token : fitting) {
                take(new Sampler.Choice(token, 0, 0));
            }
        }

        private void append(int[] tokens, Rows rows) throws InterruptedException {
            passes++;
            row = 0;
            sequence.append(tokens, rows, Progress.NONE);
            logitsAreThere = true;
        }

        /** Counts a token that is in the sequence, and asks what comes next. */
        private void take(Sampler.Choice choice) {
            ahead = null;
            sampler.accept(choice.token());
            generated.add(choice);
            if (lookup != null) {
                lookup.add(choice.token());
            }
            if (held != null) {
                held.accept(choice.token());
                held = held.complete() ? null : held;
            }
            steer(steering.after(choice));
            if (finish == null && limits.stopTokens().contains(choice.token())) {
                finish = Finish.END;
            }
        }

        private void steer(Steering.Next next) {
            ahead = null;
            switch (next) {
                case Steering.Next.Go go -> {}
                case Steering.Next.Hold hold -> held = hold.constraint().complete() ? null : hold.constraint();
                case Steering.Next.Insert tokens -> {
                    insert = tokens.tokens().clone();
                    held = null;
                }
                case Steering.Next.Stop stop -> finish = stop.finish();
            }
        }

        /**
         * The tokens of what must come anyway. The last one is left to the model, unless all is over with it: what follows
         * may belong to the same token.
         */
        private int[] forcedTokens() {
            if (ahead == null) {
                ahead = held == null ? NOTHING : forcedBy(held);
            }
            return ahead;
        }

        private int[] forcedBy(Constraint constraint) {
            String text = constraint.forced();
            if (text.isEmpty()) {
                return NOTHING;
            }
            int[] tokens = tokenizer.encode(text, false);
            Constraint trial = constraint.copy();
            int sure = 0;
            for (; sure < tokens.length && trial.allowed().contains(tokens[sure]); sure++) {
                trial.accept(tokens[sure]);
            }
            boolean toTheEnd = sure == tokens.length && trial.complete();
            int count = toTheEnd ? sure : Math.min(sure, tokens.length - 1);
            return Arrays.copyOf(tokens, count);
        }
    }
}
