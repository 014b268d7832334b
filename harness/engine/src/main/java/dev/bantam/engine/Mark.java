package dev.bantam.engine;

/** A length of a sequence that the caller expects to come back to. */
public record Mark(int length) {}
