package dev.bantam.engine.gguf;

import java.util.List;

/**
 * One line of the file's tensor table.
 *
 * @param shape the sizes, contiguous (input) dimension first: a matrix of {@code out} rows is {@code [in, out]}
 * @param offset bytes from the start of the file that it lies in
 */
public record TensorInfo(String name, List<Long> shape, TensorType type, long offset, long bytes) {
    public TensorInfo {
        shape = List.copyOf(shape);
    }

    /** The number of weights. */
    public long elements() {
        return shape.stream().reduce(1L, (a, b) -> a * b);
    }
}
