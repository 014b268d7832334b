package dev.bantam.evals.speed;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** llama.cpp in this process. Its parameters stay at their defaults but for threads and context; keys and values are F16. */
final class LlamaSubject implements Subject {
    private static final int BATCH = 512;
    private static final String MODEL_PRINT = "1e06eb71";
    private static final String CONTEXT_PRINT = "9480b38d";
    private static final int GPU_LAYERS_AT = 16;
    private static final int THREADS_AT = 28; // two: for one token, for many

    private final Arena arena = Arena.ofShared();
    private final LlamaLibrary library;
    private final MethodHandle decode;
    private final MethodHandle clear;
    private final MethodHandle rowOfLogits;
    private final MemorySegment model;
    private final MemorySegment context;
    private final MemorySegment memory;
    private final MemorySegment batch = arena.allocate(LlamaLibrary.BATCH);
    private final MemorySegment tokens = arena.allocate(JAVA_INT, BATCH);
    private final MemorySegment positions = arena.allocate(JAVA_INT, BATCH);
    private final MemorySegment wanted = arena.allocate(JAVA_BYTE, BATCH);
    private final Clock clock;
    private final float[] logits;
    private final long cacheElements;

    LlamaSubject(Path libraries, BenchModel what, Path file, int threads, int contextTokens, Clock clock)
            throws IOException {
        this.clock = clock;
        library = LlamaLibrary.load(libraries);
        cacheElements = what.shape().cacheElements();
        decode = library.function("llama_decode", JAVA_INT, ADDRESS, LlamaLibrary.BATCH);
        clear = library.procedure("llama_memory_clear", ADDRESS, JAVA_BOOLEAN);
        rowOfLogits = library.function("llama_get_logits_ith", ADDRESS, ADDRESS, JAVA_INT);
        try {
            LlamaStruct modelParameters = defaults("llama_model_default_params", MODEL_PRINT);
            model = (MemorySegment) library.function("llama_model_load_from_file", ADDRESS, ADDRESS, LlamaStruct.LAYOUT)
                    .invoke(
                            arena.allocateFrom(file.toString()),
                            modelParameters.with(GPU_LAYERS_AT, 0).bytes());
            require(!model.equals(MemorySegment.NULL), "refuses the model");
            LlamaStruct parameters = defaults("llama_context_default_params", CONTEXT_PRINT)
                    .with(0, Math.max(BATCH, contextTokens))
                    .with(4, BATCH)
                    .with(8, BATCH)
                    .with(THREADS_AT, threads)
                    .with(THREADS_AT + 4, threads);
            context = (MemorySegment) library.function("llama_init_from_model", ADDRESS, ADDRESS, LlamaStruct.LAYOUT)
                    .invoke(model, parameters.bytes());
            require(!context.equals(MemorySegment.NULL), "makes no context");
            require(number("llama_n_threads") == threads, "does not take the number of threads");
            require(number("llama_n_batch") == BATCH, "does not take the batch size");
            memory = (MemorySegment)
                    library.function("llama_get_memory", ADDRESS, ADDRESS).invoke(context);
            MemorySegment vocabulary = (MemorySegment)
                    library.function("llama_model_get_vocab", ADDRESS, ADDRESS).invoke(model);
            logits = new float
                    [(int) library.function("llama_vocab_n_tokens", JAVA_INT, ADDRESS)
                            .invoke(vocabulary)];
        } catch (IllegalStateException failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
        MemorySegment sequence = arena.allocate(JAVA_INT); // number 0
        MemorySegment counts = arena.allocate(JAVA_INT, BATCH);
        MemorySegment sequences = arena.allocate(ADDRESS, BATCH);
        for (int i = 0; i < BATCH; i++) {
            counts.setAtIndex(JAVA_INT, i, 1);
            sequences.setAtIndex(ADDRESS, i, sequence);
        }
        MemorySegment[] arrays = {tokens, MemorySegment.NULL, positions, counts, sequences, wanted};
        for (int i = 0; i < arrays.length; i++) {
            batch.set(ADDRESS, 8 + 8L * i, arrays[i]);
        }
    }

    private LlamaStruct defaults(String name, String print) throws Throwable {
        LlamaStruct struct = LlamaStruct.defaults(library.function(name, LlamaStruct.LAYOUT), arena);
        require(
                struct.print().equals(print),
                "has parameters of another build (%s of %s; known is %s)".formatted(struct.print(), name, print));
        return struct;
    }

    private int number(String name) throws Throwable {
        return (int) library.function(name, JAVA_INT, ADDRESS).invoke(context);
    }

    @Override
    public Run run(int length, int count) {
        int[] prompt = Tokens.random(length, logits.length, 1);
        int[] next = Tokens.random(count, logits.length, 2);
        try {
            clear.invoke(memory, true);
            long start = clock.nanos();
            for (int from = 0; from < length; from += BATCH) {
                int n = Math.min(BATCH, length - from);
                evaluate(prompt, from, n, from, from + n == length);
            }
            readLogits();
            double prefill = clock.since(start);
            long read = clock.nanos();
            for (int i = 0; i < count; i++) {
                evaluate(next, i, 1, length + i, true);
                readLogits();
            }
            return new Run(prefill, clock.since(read));
        } catch (IllegalStateException failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void evaluate(int[] from, int at, int n, int position, boolean last) throws Throwable {
        batch.set(JAVA_INT, 0, n);
        MemorySegment.copy(from, at, tokens, JAVA_INT, 0, n);
        for (int i = 0; i < n; i++) {
            positions.setAtIndex(JAVA_INT, i, position + i);
            wanted.set(JAVA_BYTE, i, (byte) (last && i == n - 1 ? 1 : 0));
        }
        int result = (int) decode.invoke(context, batch);
        require(result == 0, "fails to decode: " + result);
    }

    @SuppressWarnings("restricted")
    private void readLogits() throws Throwable {
        MemorySegment row = (MemorySegment) rowOfLogits.invoke(context, -1);
        MemorySegment.copy(
                row.reinterpret((long) Float.BYTES * logits.length), JAVA_FLOAT, 0, logits, 0, logits.length);
        Tokens.likeliest(logits);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("llama.cpp " + otherwise);
        }
    }

    @Override
    public long cacheBytesPerToken() {
        return Short.BYTES * cacheElements;
    }

    @Override
    public void close() {
        try {
            library.procedure("llama_free", ADDRESS).invoke(context);
            library.procedure("llama_model_free", ADDRESS).invoke(model);
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
        arena.close();
    }
}
