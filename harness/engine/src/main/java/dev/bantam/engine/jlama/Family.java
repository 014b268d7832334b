package dev.bantam.engine.jlama;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of model that jlama runs, named as {@code model_type} names them. */
enum Family {
    LLAMA,
    MISTRAL,
    MIXTRAL,
    QWEN2,
    GEMMA,
    GEMMA2,
    GRANITE;

    static Optional<Family> named(String type) {
        return Arrays.stream(values())
                .filter(family -> family.word().equals(type))
                .findFirst();
    }

    static String supported() {
        return Arrays.stream(values()).map(Family::word).collect(Collectors.joining(", "));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isGemma() {
        return this == GEMMA || this == GEMMA2;
    }

    /** Whether jlama heeds a {@code head_dim} that is not the embedding's length divided by the heads. */
    boolean readsHeadSize() {
        return this == MISTRAL || this == GEMMA2;
    }
}
