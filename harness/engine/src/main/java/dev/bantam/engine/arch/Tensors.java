package dev.bantam.engine.arch;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.gguf.GgufFile;
import dev.bantam.engine.kernel.Matrix;

/** The tensors whose names begin with {@code prefix}, each asked for with its shape; matrices are (out, in). */
record Tensors(GgufFile file, String prefix) {
    boolean has(String name) {
        return file.hasTensor(prefix + name);
    }

    Matrix matrix(String name, int out, int in) throws ModelFileException {
        return file.matrix(prefix + name, out, in);
    }

    /** One matrix for each expert. */
    Matrix[] stack(String name, int experts, int out, int in) throws ModelFileException {
        return file.stack(prefix + name, experts, out, in);
    }

    float[] vector(String name, int length) throws ModelFileException {
        return file.vector(prefix + name, length);
    }

    /** A small table of F32 values, copied: (rows, columns). */
    float[] table(String name, int rows, int columns) throws ModelFileException {
        return file.table(prefix + name, rows, columns);
    }
}
