package dev.bantam.evals.speed;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The functions of llama.cpp that a benchmark needs, from a folder with its prebuilt libraries; these are never unloaded.
 */
final class LlamaLibrary {
    /** {@code llama_batch}: count, tokens, embeddings, positions, counts of sequences, sequences, whether logits. */
    static final MemoryLayout BATCH = MemoryLayout.structLayout(
            JAVA_INT, MemoryLayout.paddingLayout(4), ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);

    private final List<SymbolLookup> lookups;

    private LlamaLibrary(List<SymbolLookup> lookups) {
        this.lookups = lookups;
    }

    /** Loads the libraries, and of the modules beside them the one that suits this processor. */
    @SuppressWarnings("restricted")
    static LlamaLibrary load(Path folder) throws IOException {
        List<SymbolLookup> lookups = new ArrayList<>();
        for (String name : List.of("libggml-base\\.so", "libggml(\\.v[0-9.]+)?\\.so", "libllama(\\.v[0-9.]+)?\\.so")) {
            lookups.add(SymbolLookup.libraryLookup(only(folder, name), Arena.global()));
        }
        LlamaLibrary library = new LlamaLibrary(lookups);
        try (Arena arena = Arena.ofConfined()) {
            library.procedure("ggml_backend_load_all_from_path", ADDRESS)
                    .invoke(arena.allocateFrom(folder.toAbsolutePath().toString()));
            library.procedure("llama_backend_init").invoke();
            return library;
        } catch (Throwable failure) {
            throw new IllegalStateException("llama.cpp in " + folder + " does not start", failure);
        }
    }

    private static Path only(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .findFirst()
                    .orElseThrow(() -> new IOException(folder + " has no library " + name));
        }
    }

    MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return handle(name, FunctionDescriptor.of(result, arguments));
    }

    MethodHandle procedure(String name, MemoryLayout... arguments) {
        return handle(name, FunctionDescriptor.ofVoid(arguments));
    }

    @SuppressWarnings("restricted")
    private MethodHandle handle(String name, FunctionDescriptor descriptor) {
        return lookups.stream()
                .flatMap(lookup -> lookup.find(name).stream())
                .findFirst()
                .map(address -> Linker.nativeLinker().downcallHandle(address, descriptor))
                .orElseThrow(() -> new IllegalStateException("this llama.cpp has no function " + name));
    }
}
