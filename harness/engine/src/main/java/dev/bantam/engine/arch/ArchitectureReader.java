package dev.bantam.engine.arch;

import dev.bantam.engine.ModelFileException;

/** Reads a model of one architecture. */
interface ArchitectureReader {
    Architecture read(ModelSource model) throws ModelFileException;
}
