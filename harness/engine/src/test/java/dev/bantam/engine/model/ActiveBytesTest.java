package dev.bantam.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.engine.Fixtures;
import dev.bantam.engine.Model;
import dev.bantam.engine.gguf.GgufFile;
import dev.bantam.engine.gguf.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActiveBytesTest {
    static Path[] files() {
        return new Path[] {Fixtures.F32, Fixtures.Q8_0};
    }

    @ParameterizedTest
    @MethodSource("files")
    void leavesOutTheExpertsThatATokenDoesNotMeet(Path path) throws Exception {
        try (GgufFile file = GgufFile.open(path);
                Model model = Fixtures.open(path)) {
            int experts = file.metadata().integer("qwen3moe.expert_count", 1, 1000);
            int used = file.metadata().integer("qwen3moe.expert_used_count", 1, experts);
            assertThat(used).isLessThan(experts);
            long unused = 0;
            long all = 0;
            for (TensorInfo info : file.tensors()) {
                all += info.bytes();
                if (info.name().matches("blk\\.\\d+\\.ffn_(gate|up|down)_exps\\.weight")) {
                    unused += info.bytes() / experts * (experts - used);
                }
            }
            assertThat(model.facts().activeBytes()).isEqualTo(all - unused).isLessThan(all);
        }
    }

    @Test
    void readsOneRowOfAnEmbeddingUnlessItIsTheOutputMatrixToo(@TempDir Path folder) throws Exception {
        try (GgufFile tied = GgufFile.open(twoMatrices(folder, "other.weight"));
                GgufFile untied = GgufFile.open(twoMatrices(folder, "output.weight"))) {
            assertThat(ActiveBytes.of(tied)).isEqualTo(2 * 10 * 32 * 4);
            assertThat(ActiveBytes.of(untied)).isEqualTo(11 * 32 * 4);
        }
    }

    /** A file with an embedding and another matrix, both of ten rows of 32 floats, one in three dimensions. */
    private static Path twoMatrices(Path folder, String other) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0x46554747).putInt(3).putLong(2).putLong(1);
        text(text(file, "general.architecture").putInt(8), "x");
        text(file, "token_embd.weight")
                .putInt(3)
                .putLong(32)
                .putLong(10)
                .putLong(1)
                .putInt(0)
                .putLong(0);
        text(file, other).putInt(2).putLong(32).putLong(10).putInt(0).putLong(1280);
        return Files.write(folder.resolve(other + ".gguf"), file.array());
    }

    private static ByteBuffer text(ByteBuffer file, String text) {
        return file.putLong(text.length()).put(text.getBytes(StandardCharsets.UTF_8));
    }
}
