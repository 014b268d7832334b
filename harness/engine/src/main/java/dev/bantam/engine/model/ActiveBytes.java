package dev.bantam.engine.model;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.gguf.GgufFile;
import dev.bantam.engine.gguf.Metadata;
import dev.bantam.engine.gguf.TensorInfo;

/**
 * Counts the bytes of weights that must be read for one token, which bound the speed of generation: of a stack of experts
 * the share that is used, of the embedding one row, of everything else all; nothing of
 * blocks that are left out.
 */
final class ActiveBytes {
    private ActiveBytes() {}

    static long of(GgufFile file) throws ModelFileException {
        Metadata metadata = file.metadata();
        String prefix = metadata.string("general.architecture");
        int experts = metadata.integer(prefix + ".expert_count", 0, 1 << 12, 0);
        int used = metadata.integer(prefix + ".expert_used_count", 0, Math.max(1, experts), 0);
        boolean tied = !file.hasTensor("output.weight");
        long bytes = 0;
        for (TensorInfo info : file.computedTensors()) {
            if (experts > 0 && info.name().contains("_exps.")) {
                bytes += info.bytes() / experts * used;
            } else if (info.name().equals("token_embd.weight") && !tied) {
                bytes += info.bytes() * info.shape().getFirst() / info.elements();
            } else {
                bytes += info.bytes();
            }
        }
        return bytes;
    }
}
