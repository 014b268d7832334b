package dev.bantam.engine.jlama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bantam.engine.CacheMemoryException;
import dev.bantam.engine.EngineOptions;
import dev.bantam.engine.Model;
import dev.bantam.engine.ModelFacts;
import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.Tokenizer;
import dev.bantam.engine.model.CacheBudget;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A folder of safetensors with its tokenizer, evaluated by jlama. */
public final class JlamaModel implements Model {
    private static final int MOST_BATCH = 60; // progress is told after each; see Products.batch

    private final Runner runner;
    private final Tokenizer tokenizer;
    private final Optional<String> chatTemplate;
    private final ModelFacts facts;
    private final long cacheLimit;
    private long cacheTaken;

    private JlamaModel(Path folder, EngineOptions options) throws ModelFileException {
        FolderConfig config = FolderConfig.read(folder);
        Safetensors tensors = Safetensors.read(folder);
        new TensorPlan(config).check(tensors);
        tokenizer = FolderTokenizer.read(folder, config);
        chatTemplate = FolderTokenizer.chatTemplate(folder);
        facts = FolderFacts.of(folder, config, tensors, Math.min(MOST_BATCH, options.batchTokens()));
        cacheLimit = options.cacheBytes() > 0 ? options.cacheBytes() : CacheBudget.machineLimit(tensors.bytes());
        runner = Runner.load(folder, config, options.threads());
    }

    /** Opens a folder with {@code config.json}, {@code tokenizer.json} and {@code *.safetensors}. */
    public static JlamaModel open(Path folder, EngineOptions options) throws ModelFileException {
        return new JlamaModel(folder, options);
    }

    @Override
    public ModelFacts facts() {
        return facts;
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    @Override
    public Optional<String> chatTemplate() {
        return chatTemplate;
    }

    /** The plain values of {@code config.json}. */
    @Override
    public Map<String, Object> metadata() {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : runner.config().file().root().properties()) {
            JsonNode value = entry.getValue();
            if (value.isNumber()) {
                values.put(entry.getKey(), value.numberValue());
            } else if (value.isBoolean()) {
                values.put(entry.getKey(), value.booleanValue());
            } else if (value.isTextual()) {
                values.put(entry.getKey(), value.textValue());
            }
        }
        return Collections.unmodifiableMap(values);
    }

    @Override
    public JlamaSequence newSequence(int contextTokens) throws CacheMemoryException {
        if (contextTokens < 1 || contextTokens > facts.contextTokens()) {
            throw new IllegalArgumentException(
                    "a context of %d tokens; this model takes 1 to %d".formatted(contextTokens, facts.contextTokens()));
        }
        runner.requireOpen();
        take(contextTokens);
        return new JlamaSequence(this, runner, contextTokens);
    }

    private synchronized void take(int tokens) throws CacheMemoryException {
        long bytes = tokens * facts.cacheBytesPerToken();
        if (bytes > cacheLimit - cacheTaken) {
            long left = cacheLimit - cacheTaken;
            throw new CacheMemoryException(
                    tokens, facts.cacheBytesPerToken(), 0, bytes, left, left / facts.cacheBytesPerToken());
        }
        cacheTaken += bytes;
    }

    synchronized void giveBack(int tokens) {
        cacheTaken -= tokens * facts.cacheBytesPerToken();
    }

    @Override
    public void close() {
        runner.close();
    }
}
