package dev.bantam.engine.jlama;

import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.KvBufferCache.KvBuffer;

/** A sequence's keys and values in jlama's pages, token by token. */
@SuppressWarnings("rawtypes") // jlama leaves its tensors raw
record KvRows(KvBuffer buffer, FolderConfig config) implements AutoCloseable {
    /** Floats of one token: of each layer its keys, then its values. */
    int rowLength() {
        return 2 * config.layers() * config.kvLength();
    }

    void read(int position, float[] into) {
        int length = config.kvLength();
        for (int layer = 0, at = 0; layer < config.layers(); layer++, at += 2 * length) {
            AbstractTensor keys = buffer.getKeyTensorForPosition(layer, position);
            AbstractTensor values = buffer.getValTensorForPosition(layer, position);
            for (int i = 0; i < length; i++) {
                into[at + i] = keys.get(0, i);
                into[at + length + i] = values.get(0, i);
            }
        }
    }

    void write(int position, float[] row) {
        int length = config.kvLength();
        for (int layer = 0, at = 0; layer < config.layers(); layer++, at += 2 * length) {
            AbstractTensor keys = buffer.getKeyTensorForPosition(layer, position);
            AbstractTensor values = buffer.getValTensorForPosition(layer, position);
            for (int i = 0; i < length; i++) {
                keys.set(row[at + i], 0, i);
                values.set(row[at + length + i], 0, i);
            }
        }
    }

    void copyFrom(KvRows other, int length) {
        float[] row = new float[rowLength()];
        for (int position = 0; position < length; position++) {
            other.read(position, row);
            write(position, row);
        }
    }

    @Override
    public void close() {
        buffer.close();
    }
}
