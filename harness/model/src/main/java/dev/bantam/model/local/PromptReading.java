package dev.bantam.model.local;

import dev.bantam.api.ReplyListener;
import dev.bantam.engine.PrefixReuse;
import dev.bantam.engine.Progress;
import dev.bantam.engine.Sequence;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Reads prompts into sequences, as little of them as possible, and tells how far it is. One thread at a time. */
final class PromptReading {
    /** A beginning that is read faster than this is not worth a file. */
    static final Duration WORTH_KEEPING = Duration.ofSeconds(1);

    private final Sequence conversation;
    private final Optional<Prefixes> prefixes;
    private final Duration worthKeeping;

    /**
     * @param conversation the sequence that holds the conversation, as opposed to asides
     * @param worthKeeping what takes longer to read is kept
     */
    PromptReading(Sequence conversation, Optional<Prefixes> prefixes, Duration worthKeeping) {
        this.conversation = conversation;
        this.prefixes = prefixes;
        this.worthKeeping = worthKeeping;
    }

    /**
     * Brings a sequence to hold a prompt.
     *
     * @param beginning so many tokens are the same from start to start
     * @param stops lengths that later requests may come back to
     * @return how many tokens needed no reading
     */
    int read(Sequence cache, int[] wanted, int beginning, List<Integer> stops, ReplyListener listener)
            throws InterruptedException {
        Told told = new Told(listener, wanted.length);
        if (cache == conversation && cache.length() == 0) {
            readBeginning(Arrays.copyOf(wanted, Math.min(beginning, wanted.length - 1)), told);
        }
        told.begin(PrefixReuse.common(cache, wanted));
        int[] marks = stops.stream().mapToInt(Integer::intValue).toArray();
        PrefixReuse.bring(cache, wanted, marks, told);
        return told.cached;
    }

    /** What is the same from start to start is taken from a file, or kept in one. */
    private void readBeginning(int[] beginning, Told told) throws InterruptedException {
        if (prefixes.isEmpty()
                || beginning.length < Prefixes.FEWEST_TOKENS
                || prefixes.get().restore(conversation, beginning)) {
            return;
        }
        long start = System.nanoTime();
        told.begin(0);
        PrefixReuse.bring(conversation, beginning, told);
        told.readBefore = beginning.length;
        if (System.nanoTime() - start > worthKeeping.toNanos()) {
            prefixes.get().keep(conversation, beginning);
        }
    }

    /** What the listener is told: what an earlier part has read counts as read, not as cached. */
    private static final class Told implements Progress {
        private final ReplyListener listener;
        private final int total;
        private final long start = System.nanoTime();
        private int cached;
        private int readBefore;
        private int base;

        Told(ReplyListener listener, int total) {
            this.listener = listener;
            this.total = total;
        }

        void begin(int common) {
            base = common;
            cached = Math.max(0, common - readBefore);
            listener.prefill(common, total, cached, 0);
        }

        @Override
        public void evaluated(int done, int ofThese) {
            double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
            int read = base + done - cached;
            listener.prefill(base + done, total, cached, seconds > 0 ? read / seconds : 0);
        }
    }
}
