package dev.bantam.engine.model;

import dev.bantam.engine.CacheMemoryException;
import dev.bantam.engine.EngineOptions;
import dev.bantam.engine.Model;
import dev.bantam.engine.ModelFacts;
import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.Precision;
import dev.bantam.engine.Sequence;
import dev.bantam.engine.Tokenizer;
import dev.bantam.engine.arch.Architecture;
import dev.bantam.engine.gguf.GgufFile;
import dev.bantam.engine.gguf.Metadata;
import dev.bantam.engine.gguf.TensorInfo;
import dev.bantam.engine.gguf.TensorType;
import dev.bantam.engine.kernel.KvType;
import dev.bantam.engine.kernel.SequenceCache;
import dev.bantam.engine.kernel.Workers;
import dev.bantam.engine.tokenizer.GgufTokenizer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A GGUF file with its tokenizer, its architecture and the threads that compute. */
public final class GgufModel implements Model {
    private final GgufFile file;
    private final Optional<String> chatTemplate;
    private final Tokenizer tokenizer;
    private final Workers workers;
    private final Evaluator evaluator;
    private final ModelFacts facts;

    private GgufModel(GgufFile file, EngineOptions options) throws ModelFileException {
        this.file = file;
        chatTemplate = file.metadata().optionalString("tokenizer.chat_template");
        tokenizer = GgufTokenizer.load(file.metadata());
        workers = new Workers(options.threads());
        try {
            long packed = options.precision() == Precision.FAST ? CacheBudget.packed(file.packableBytes()) : 0;
            if (options.precision() == Precision.FAST) {
                file.pack(packed);
            }
            Architecture architecture = Architecture.load(file, workers, options.batchTokens());
            SequenceCache.Shape cache = cacheShape(file, architecture, options);
            facts = facts(file, architecture, cache, options);
            evaluator = new Evaluator(
                    architecture,
                    options.batchTokens(),
                    facts.fingerprint() + ", " + options.precision(), // saved keys and values depend on both
                    CacheBudget.of(cache, options, Math.max(facts.fileBytes(), packed)),
                    file::requireWhole);
        } catch (ModelFileException | RuntimeException | Error failure) {
            workers.close();
            throw failure;
        }
    }

    /** Opens a GGUF file. */
    public static GgufModel open(Path path, EngineOptions options) throws ModelFileException {
        GgufFile file = GgufFile.open(path);
        try {
            requireMemory(path, file.byteSize(), CacheBudget.machineBytes(), options.weightsFromDisk());
            return new GgufModel(file, options);
        } catch (ModelFileException | RuntimeException | Error failure) {
            try (file) {
                if (failure instanceof InternalError) {
                    file.requireWhole(); // cut off while it was read
                }
            }
            throw failure;
        }
    }

    /** Refuses weights that the machine cannot keep in memory. */
    static void requireMemory(Path path, long fileBytes, long machineBytes, boolean weightsFromDisk)
            throws ModelFileException {
        if (fileBytes > machineBytes && !weightsFromDisk) {
            throw new ModelFileException(
                    path,
                    "file",
                    gibibytes(fileBytes) + " large",
                    ("at most the %s of this machine's memory: weights would be read from the disk again for every token,"
                                    + " which takes seconds to minutes each. Choose a smaller model or quantization, or"
                                    + " allow weights from disk")
                            .formatted(gibibytes(machineBytes)));
        }
    }

    private static String gibibytes(long bytes) {
        return "%,.1f GiB".formatted(bytes / (1024.0 * 1024 * 1024));
    }

    private static SequenceCache.Shape cacheShape(GgufFile file, Architecture architecture, EngineOptions options)
            throws ModelFileException {
        SequenceCache.Shape floats = architecture.cacheShape();
        KvType type = switch (options.cacheType()) {
            case F32 -> KvType.F32;
            case F16 -> KvType.F16;
            case Q8_0 -> KvType.Q8_0;
        };
        int width = floats.attention().width();
        if (width % type.blockElements() != 0) {
            throw new ModelFileException(
                    file.path(),
                    "the width of its heads",
                    width,
                    "a multiple of %d for a %s cache; choose a cache of type F16"
                            .formatted(type.blockElements(), type));
        }
        return floats.with(type);
    }

    private static ModelFacts facts(
            GgufFile file, Architecture architecture, SequenceCache.Shape cache, EngineOptions options)
            throws ModelFileException {
        Metadata metadata = file.metadata();
        Architecture.Windows windows = architecture.windows();
        return new ModelFacts(
                metadata.optionalString("general.name")
                        .orElse(file.path().getFileName().toString()),
                metadata.string("general.architecture"),
                mostUsedType(file).name(),
                file.tensors().stream().mapToLong(TensorInfo::elements).sum(),
                architecture.activeParameters(),
                ActiveBytes.of(file),
                architecture.contextTokens(),
                architecture.layers(),
                architecture.vocabularySize(),
                cache.bytesPerToken(),
                windows.tokens(),
                windows.layers()
                        * cache.bytesPerToken()
                        / Math.max(1, cache.attention().layers()),
                CacheBudget.bytesPerSequence(cache),
                cache.recurrent().bytes(),
                cache.recurrent().bytes() > 0,
                options.batchTokens(),
                file.byteSize(),
                Fingerprint.of(file));
    }

    private static TensorType mostUsedType(GgufFile file) {
        Map<TensorType, Long> bytes = new EnumMap<>(TensorType.class);
        for (TensorInfo info : file.tensors()) {
            bytes.merge(info.type(), info.bytes(), Long::sum);
        }
        return bytes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
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

    @Override
    public Map<String, Object> metadata() {
        return file.metadata().asMap();
    }

    @Override
    public Sequence newSequence(int contextTokens) throws CacheMemoryException {
        if (contextTokens < 1 || contextTokens > facts.contextTokens()) {
            throw new IllegalArgumentException("a context of %d tokens; this model was trained for 1 to %d"
                    .formatted(contextTokens, facts.contextTokens()));
        }
        return evaluator.newSequence(contextTokens);
    }

    @Override
    public void close() {
        if (evaluator.close()) {
            workers.close();
            file.close();
        }
    }
}
