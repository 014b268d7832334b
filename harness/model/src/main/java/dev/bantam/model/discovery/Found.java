package dev.bantam.model.discovery;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A model that could be used.
 *
 * @param ref what to give to {@code -m}
 * @param description one line for a person
 * @param contextWindow the loaded window, where a server tells
 * @param bytes the size on disk, all of its files together
 */
public record Found(String ref, Kind kind, String description, OptionalInt contextWindow, OptionalLong bytes) {
    /** Where it was found. */
    public enum Kind {
        /** A running server has it loaded. */
        LOADED,
        /** A running server could load it. */
        ON_SERVER,
        /** A file on the disk. */
        FILE
    }
}
