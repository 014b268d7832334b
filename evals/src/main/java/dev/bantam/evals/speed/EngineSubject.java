package dev.bantam.evals.speed;

import dev.bantam.engine.CacheMemoryException;
import dev.bantam.engine.Engine;
import dev.bantam.engine.EngineOptions;
import dev.bantam.engine.Model;
import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.Progress;
import dev.bantam.engine.Rows;
import dev.bantam.engine.Sequence;
import java.nio.file.Path;

/** What Bantam opens itself: GGUF files by its own engine, folders by jlama. */
final class EngineSubject implements Subject {
    private final Model model;
    private final Clock clock;
    private final float[] logits;

    EngineSubject(Path file, int threads, Clock clock) throws ModelFileException {
        this.clock = clock;
        model = Engine.open(file, EngineOptions.defaults().withThreads(threads));
        logits = new float[model.facts().vocabularySize()];
    }

    @Override
    public Run run(int context, int tokens) throws InterruptedException {
        int[] prompt = Tokens.random(context, logits.length, 1);
        int[] next = Tokens.random(tokens, logits.length, 2);
        try (Sequence sequence = model.newSequence(context + tokens + 1)) {
            long start = clock.nanos();
            sequence.append(prompt, Rows.LAST, Progress.NONE);
            sequence.logits(0, logits);
            Tokens.likeliest(logits);
            double prefill = clock.since(start);
            long read = clock.nanos();
            for (int token : next) {
                sequence.append(new int[] {token}, Rows.LAST, Progress.NONE);
                sequence.logits(0, logits);
                Tokens.likeliest(logits);
            }
            return new Run(prefill, clock.since(read));
        } catch (CacheMemoryException full) {
            throw new IllegalStateException(full);
        }
    }

    @Override
    public long cacheBytesPerToken() {
        return model.facts().cacheBytesPerToken();
    }

    @Override
    public void close() {
        model.close();
    }
}
