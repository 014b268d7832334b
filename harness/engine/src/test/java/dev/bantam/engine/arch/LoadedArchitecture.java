package dev.bantam.engine.arch;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.gguf.GgufFile;
import dev.bantam.engine.kernel.SequenceCache;
import dev.bantam.engine.kernel.Workers;
import java.nio.file.Path;

/** An architecture without tokenizer and sequences around it, computing with float caches. */
final class LoadedArchitecture implements AutoCloseable {
    private static final int LARGEST_BATCH = 64;

    private final GgufFile file;
    private final Workers workers;
    private final Architecture architecture;

    LoadedArchitecture(Path path, int threads) throws ModelFileException {
        file = GgufFile.open(path);
        workers = new Workers(threads);
        try {
            architecture = Architecture.load(file, workers, LARGEST_BATCH);
        } catch (ModelFileException | RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    Architecture architecture() {
        return architecture;
    }

    SequenceCache newCache() {
        return new SequenceCache(architecture.cacheShape());
    }

    /** The logits after each of the tokens {@code from .. from + count}, those before being in the cache: (count, vocabulary). */
    float[] logits(SequenceCache cache, int[] tokens, int from, int count) throws InterruptedException {
        float[] logits = new float[count * architecture.vocabularySize()];
        cache.attention().reserve(from + count);
        architecture.forward(new Batch(tokens, from, count, from, 0, logits, 0, () -> {}), cache);
        return logits;
    }

    /** The logits after each token, evaluated {@code chunk} at a time. */
    float[] logits(int[] tokens, int chunk) throws InterruptedException {
        int vocabulary = architecture.vocabularySize();
        float[] all = new float[tokens.length * vocabulary];
        try (SequenceCache cache = newCache()) {
            for (int from = 0; from < tokens.length; from += chunk) {
                float[] part = logits(cache, tokens, from, Math.min(chunk, tokens.length - from));
                System.arraycopy(part, 0, all, from * vocabulary, part.length);
            }
        }
        return all;
    }

    @Override
    public void close() {
        workers.close();
        file.close();
    }
}
