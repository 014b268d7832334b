package dev.bantam.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * What the recurrent layers of one sequence remember after its last token: of constant size, overwritten by each token, and
 * so not to be cut back; only a copy brings an earlier one back. All zeros before the first token.
 */
public final class RecurrentState {
    private final Shape shape;
    private final float[][] inputs; // (layer)(inputs): the latest inputs of the causal convolution, oldest first
    private final float[][] memory; // (layer)(memory): the matrices of the delta rule

    /**
     * @param layers how many layers are recurrent; 0 for a model of attention alone
     * @param inputs floats that the convolution of one layer keeps
     * @param memory floats that the recurrence of one layer keeps
     */
    public record Shape(int layers, int inputs, int memory) {
        public static final Shape NONE = new Shape(0, 0, 0);

        public long bytes() {
            return (long) Float.BYTES * layers * (inputs + memory);
        }
    }

    public RecurrentState(Shape shape) {
        this.shape = shape;
        inputs = new float[shape.layers()][shape.inputs()];
        memory = new float[shape.layers()][shape.memory()];
    }

    public Shape shape() {
        return shape;
    }

    /** The convolution's inputs of the layer that is the {@code layer}-th recurrent one; to be read and written. */
    public float[] inputs(int layer) {
        return inputs[layer];
    }

    /** The memory of the layer that is the {@code layer}-th recurrent one; to be read and written. */
    public float[] memory(int layer) {
        return memory[layer];
    }

    /** Back to before the first token. */
    public void clear() {
        for (int layer = 0; layer < shape.layers(); layer++) {
            Arrays.fill(inputs[layer], 0);
            Arrays.fill(memory[layer], 0);
        }
    }

    /** Takes over another state of the same shape. */
    public void copyFrom(RecurrentState other) {
        for (int layer = 0; layer < shape.layers(); layer++) {
            System.arraycopy(other.inputs[layer], 0, inputs[layer], 0, shape.inputs());
            System.arraycopy(other.memory[layer], 0, memory[layer], 0, shape.memory());
        }
    }

    /** Writes the whole state to memory of {@link Shape#bytes}. */
    public void copyTo(MemorySegment to) {
        long at = 0;
        for (int layer = 0; layer < shape.layers(); layer++) {
            MemorySegment.copy(inputs[layer], 0, to, Dot.FLOAT, at, shape.inputs());
            at += (long) Float.BYTES * shape.inputs();
            MemorySegment.copy(memory[layer], 0, to, Dot.FLOAT, at, shape.memory());
            at += (long) Float.BYTES * shape.memory();
        }
    }

    /** Takes over what {@link #copyTo} wrote. */
    public void copyFrom(MemorySegment from) {
        long at = 0;
        for (int layer = 0; layer < shape.layers(); layer++) {
            MemorySegment.copy(from, Dot.FLOAT, at, inputs[layer], 0, shape.inputs());
            at += (long) Float.BYTES * shape.inputs();
            MemorySegment.copy(from, Dot.FLOAT, at, memory[layer], 0, shape.memory());
            at += (long) Float.BYTES * shape.memory();
        }
    }
}
