package dev.bantam.engine.jlama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.tjake.jlama.model.AbstractModel;
import com.github.tjake.jlama.model.AbstractModel.InferenceType;
import com.github.tjake.jlama.model.gemma.GemmaConfig;
import com.github.tjake.jlama.model.gemma.GemmaModel;
import com.github.tjake.jlama.model.gemma2.Gemma2Config;
import com.github.tjake.jlama.model.gemma2.Gemma2Model;
import com.github.tjake.jlama.model.granite.GraniteConfig;
import com.github.tjake.jlama.model.granite.GraniteModel;
import com.github.tjake.jlama.model.llama.LlamaConfig;
import com.github.tjake.jlama.model.llama.LlamaModel;
import com.github.tjake.jlama.model.mistral.MistralConfig;
import com.github.tjake.jlama.model.mistral.MistralModel;
import com.github.tjake.jlama.model.mixtral.MixtralConfig;
import com.github.tjake.jlama.model.qwen2.Qwen2Config;
import com.github.tjake.jlama.model.qwen2.Qwen2Model;
import com.github.tjake.jlama.safetensors.Config;
import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.safetensors.SafeTensorSupport;
import com.github.tjake.jlama.safetensors.WeightLoader;
import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.KvBufferCache;
import com.github.tjake.jlama.util.JsonSupport;
import com.github.tjake.jlama.util.PhysicalCoreExecutor;
import dev.bantam.engine.ModelFileException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A model of jlama's, whose scratch memory serves one forward pass at a time: sequences take turns, batch by batch. Caches
 * lie in memory; no page file is written.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // jlama leaves its tensors raw
final class Runner {
    private final AbstractModel model;
    private final KvBufferCache caches;
    private final FolderConfig config;
    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile boolean closed;

    /** Asked again and again during a forward pass. */
    interface Check {
        /** @throws Cancellation to leave the pass */
        void run();
    }

    private Runner(AbstractModel model, FolderConfig config) {
        this.model = model;
        this.caches = new KvBufferCache(model);
        this.config = config;
    }

    /** @param threads counts for the first model of a process; jlama's threads are made once */
    static Runner load(Path folder, FolderConfig config, int threads) throws ModelFileException {
        try {
            PhysicalCoreExecutor.overrideThreadCount(
                    Math.min(threads, Runtime.getRuntime().availableProcessors()));
        } catch (IllegalStateException started) {
            // by an earlier model; jlama offers no other way to know
        }
        Products.choose(config);
        WeightLoader weights =
                SafeTensorSupport.loadWeights(folder.toAbsolutePath().toFile());
        return new Runner(model(config, weights), config);
    }

    private static AbstractModel model(FolderConfig folder, WeightLoader w) throws ModelFileException {
        InferenceType all = InferenceType.FULL_GENERATION;
        DType f = DType.F32;
        DType q = DType.I8; // what activations become where weights are Q4; jlama takes the weights' type otherwise
        Optional<DType> as = Optional.empty();
        return switch (folder.family()) {
            case LLAMA -> new LlamaModel(all, config(folder, LlamaConfig.class), w, null, f, q, as);
            case MISTRAL -> new MistralModel(all, config(folder, MistralConfig.class), w, null, f, q, as);
            case MIXTRAL -> new RoutedMixtral(config(folder, MixtralConfig.class), w, f, q);
            case QWEN2 -> new Qwen2Model(all, config(folder, Qwen2Config.class), w, null, f, q, as);
            case GEMMA -> new GemmaModel(all, config(folder, GemmaConfig.class), w, null, f, q, as);
            case GEMMA2 -> new Gemma2Model(all, config(folder, Gemma2Config.class), w, null, f, q, as);
            case GRANITE -> new GraniteModel(all, config(folder, GraniteConfig.class), w, null, f, q, as);
        };
    }

    private static Config config(FolderConfig folder, Class<? extends Config> type) throws ModelFileException {
        try {
            Config config = JsonSupport.om.treeToValue(folder.forJlama(), type);
            config.ropeFreqs.ifPresent(table -> folder.rotary().fill(table, folder.headSize()));
            return config;
        } catch (JsonProcessingException e) {
            throw new ModelFileException(
                    folder.file().path(), "content", e.getOriginalMessage(), "what jlama reads of such a model");
        }
    }

    FolderConfig config() {
        return config;
    }

    KvRows newCache() {
        return new KvRows(caches.getEphemeralKvBuffer(), config);
    }

    /**
     * Waits for its turn, which an interrupt ends, and evaluates tokens.
     *
     * @param firstRow of the tokens, the first whose logits are wanted
     * @param logits receives them, one row of the vocabulary after the other, from {@code at} on
     */
    void evaluate(int[] tokens, int position, KvRows cache, int firstRow, float[] logits, int at, Check check)
            throws InterruptedException {
        turn.lockInterruptibly();
        try {
            requireOpen();
            check.run();
            try (AbstractTensor out =
                    model.batchForward(tokens, position, cache.buffer(), Optional.of(sums -> check.run()))) {
                for (int row = firstRow, to = at; row < tokens.length; row++, to += config.vocabulary()) {
                    check.run();
                    readLogits(out.slice(row), logits, to);
                }
            }
        } finally {
            turn.unlock();
        }
    }

    private void readLogits(AbstractTensor row, float[] into, int at) {
        try (AbstractTensor logits = model.makeDenseTensor(config.vocabulary())) {
            model.sample(row, 0, 0, logits); // at temperature 0 it leaves them as they are
            MemorySegment memory = logits.getMemorySegment();
            MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, into, at, config.vocabulary());
        }
    }

    /** Waits for the batch in progress and lets no other begin. */
    void close() {
        turn.lock();
        try {
            if (!closed) {
                closed = true;
                caches.close();
                model.close();
            }
        } finally {
            turn.unlock();
        }
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
    }
}
