package dev.bantam.engine.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.engine.Engine;
import dev.bantam.engine.EngineOptions;
import dev.bantam.engine.Fixtures;
import dev.bantam.engine.Model;
import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.Progress;
import dev.bantam.engine.Rows;
import dev.bantam.engine.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is named; nothing else happens. */
class DamagedFileTest {
    private static final String ATTN_Q = "blk.0.attn_q.weight"; // two dimensions
    private static final int DIMENSIONS = 0;
    private static final int FIRST_SIZE = 4;
    private static final int TYPE = 20;
    private static final int OFFSET = 24;

    @TempDir
    private Path folder;

    private PatchedGguf gguf;

    @BeforeEach
    void read() throws IOException {
        gguf = PatchedGguf.small();
    }

    @Test
    void namesWhatIsWrongWithTheContainer() throws IOException {
        gguf.bytes().putInt(0, 0x04034b50);
        refuses("magic is 0x04034b50; expected \"GGUF\" (0x46554747); this is no GGUF file");
        gguf = PatchedGguf.small();
        gguf.bytes().putInt(4, 2);
        refuses("version is 2; expected 3");
        gguf.bytes().putInt(4, Integer.reverseBytes(3));
        refuses("big-endian");
        gguf = PatchedGguf.small();
        gguf.bytes().putLong(8, Long.MAX_VALUE);
        refuses("tensor count is a count of 9223372036854775807; expected at most");
        gguf = PatchedGguf.small();
        gguf.bytes().putLong(16, -1);
        refuses("metadata count is a count of 18446744073709551615");
        gguf = PatchedGguf.small();
        gguf.bytes().putLong(24, 1L << 40);
        refuses("metadata key 0 is a count of 1099511627776");
    }

    @Test
    void namesWhatIsWrongWithAValue() throws IOException {
        gguf.bytes().putInt(gguf.after("general.name"), 99);
        refuses("metadata general.name is of type 99; expected a GGUF value type");
        gguf = PatchedGguf.small();
        gguf.bytes().putInt(gguf.after("tokenizer.ggml.merges") + 8, -1);
        refuses("metadata tokenizer.ggml.merges is a count of");
        gguf = PatchedGguf.small().value("qwen3moe.expert_used_count", 13);
        refuses("metadata qwen3moe.expert_used_count is 13; expected a whole number from 1 to 12");
        gguf = PatchedGguf.small().value("qwen3moe.attention.layer_norm_rms_epsilon", Float.floatToIntBits(Float.NaN));
        refuses("metadata qwen3moe.attention.layer_norm_rms_epsilon is NaN; expected a number above zero");
        gguf = PatchedGguf.small().value("qwen3moe.attention.head_count", 0);
        refuses("metadata qwen3moe.attention.head_count is 0");
        gguf = PatchedGguf.small().replace("qwen3moe.block_count", "qwen3moe.block_c_unt");
        refuses("metadata qwen3moe.block_count is missing");
        gguf = PatchedGguf.small().replace("general.type", "general.name");
        refuses("metadata general.name is given twice");
    }

    @Test
    void namesWhatIsWrongWithATensor() throws IOException {
        gguf.bytes().putInt(gguf.after(ATTN_Q) + DIMENSIONS, 5);
        refuses("tensor " + ATTN_Q + " is of 5 dimensions");
        gguf = PatchedGguf.small();
        gguf.bytes().putLong(gguf.after(ATTN_Q) + FIRST_SIZE, -1);
        refuses("tensor " + ATTN_Q + " is of size 18446744073709551615 in dimension 0");
        gguf = PatchedGguf.small();
        gguf.bytes().putLong(gguf.after(ATTN_Q) + FIRST_SIZE, 250);
        refuses("tensor " + ATTN_Q + " is of row length 250; expected a multiple of 32");
        gguf = PatchedGguf.small();
        gguf.bytes().putLong(gguf.after(ATTN_Q) + FIRST_SIZE, 128);
        refuses("tensor " + ATTN_Q + " is of shape [128, 192]; expected [256, 192]");
        gguf = PatchedGguf.small();
        gguf.bytes().putLong(gguf.after(ATTN_Q) + OFFSET, 17);
        refuses("tensor " + ATTN_Q + " is at offset 17; expected a multiple of 32");
        gguf = PatchedGguf.small();
        gguf.bytes().putLong(gguf.after(ATTN_Q) + OFFSET, 1L << 50);
        refuses("tensor " + ATTN_Q + " is 52224 bytes at offset 1125899906842624");
        gguf = PatchedGguf.small();
        gguf.bytes().putLong(gguf.after(ATTN_Q) + FIRST_SIZE + 8, 0);
        refuses("tensor " + ATTN_Q + " is of size 0 in dimension 1");
        gguf = PatchedGguf.small();
        int offset = gguf.after(ATTN_Q) + OFFSET;
        gguf.bytes().putLong(offset, gguf.bytes().getLong(offset) + 32);
        refuses("to begin after " + ATTN_Q + ", which ends at ");
        gguf = PatchedGguf.small().replace(ATTN_Q, "blk.1.attn_q.weight");
        refuses("tensor blk.1.attn_q.weight is given twice");
        gguf = PatchedGguf.small().replace(ATTN_Q, "blk.9.attn_q.weight");
        refuses("tensor " + ATTN_Q + " is missing; expected a tensor of shape [256, 192]");
    }

    @Test
    void refusesTensorsThatItWouldIgnore() throws IOException {
        gguf.value("qwen3moe.block_count", 3);
        refuses("tensor blk.3.attn_norm.weight is present; expected only the tensors of a plain qwen3moe model");
    }

    @Test
    void saysWhatIsSupported() throws IOException {
        gguf.bytes().putInt(gguf.after(ATTN_Q) + TYPE, 15);
        refuses(
                "tensor " + ATTN_Q + " is of type Q8_K; expected one of F32, F16, BF16, Q8_0, Q4_0,"
                        + " Q4_1, Q5_0, Q5_1, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS, MXFP4; choose a file of this model");
        gguf = PatchedGguf.small();
        gguf.bytes().putInt(gguf.after(ATTN_Q) + TYPE, 77);
        refuses("tensor " + ATTN_Q + " is of type unknown type 77");
        gguf = PatchedGguf.small();
        gguf.bytes().put(gguf.after("general.architecture") + 12, (byte) 'Q');
        refuses("metadata general.architecture is 'Qwen3moe'; expected one that is supported: gpt-oss, llama, qwen2,"
                + " qwen3, qwen35, qwen35moe, qwen3moe, qwen3next");
        gguf = PatchedGguf.small();
        gguf.bytes().put(gguf.after("tokenizer.ggml.pre") + 12, (byte) 'Q');
        refuses("metadata tokenizer.ggml.pre is 'Qwen2'; expected one that is supported: qwen2");
        gguf = PatchedGguf.small();
        gguf.bytes().put(gguf.after("tokenizer.ggml.model") + 12, (byte) 'G');
        refuses("metadata tokenizer.ggml.model is 'Gpt2'; expected one that is supported: gpt2");
    }

    @Test
    void refusesFilesThatAreNoFiles() throws IOException {
        assertThatThrownBy(() -> Fixtures.open(folder)).hasMessageContaining("a folder; expected a .gguf file");
        assertThatThrownBy(() -> Fixtures.open(folder.resolve("absent.gguf")))
                .hasMessageContaining("absent.gguf: cannot be read");
        Path empty = Files.createFile(folder.resolve("empty.gguf"));
        assertThatThrownBy(() -> Fixtures.open(empty)).hasMessageContaining("magic is cut off at byte 0");
    }

    @Test
    void survivesEveryKindOfTruncation() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 150; round++) {
            int length = random.nextInt(round % 2 == 0 ? 33_000 : gguf.bytes().capacity());
            Path file = gguf.writeFirst(length, folder.resolve("cut.gguf"));
            assertThatThrownBy(() -> Engine.open(file, EngineOptions.defaults()))
                    .as("seed %d, %d bytes", seed, length)
                    .isInstanceOf(ModelFileException.class);
        }
    }

    @Test
    void survivesFlippedBytesInTheHeader() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int header = gguf.after("blk.3.ffn_down_exps.weight") + 40;
        for (int round = 0; round < 400; round++) {
            gguf = PatchedGguf.small();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                // Mostly away from the long lists of tokens, where a flip seldom matters.
                int at = random.nextInt(4) == 0 ? random.nextInt(header) : spot(random, header);
                gguf.bytes().put(at, (byte) random.nextInt());
            }
            loadsOrRefuses(gguf.write(folder.resolve("flipped.gguf")), "seed %d, round %d".formatted(seed, round));
        }
    }

    @Test
    void survivesFlippedBytesInThePartsOfASplitModel() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            SplitGguf split = new SplitGguf(folder, 2).write();
            PatchedGguf part = new PatchedGguf(split.part(2));
            part.bytes().put(random.nextInt(1200), (byte) random.nextInt());
            part.write(split.part(2));
            loadsOrRefuses(split.part(1 + random.nextInt(2)), "seed %d, round %d".formatted(seed, round));
        }
    }

    private int spot(Random random, int header) {
        return random.nextBoolean() ? random.nextInt(1200) : header - random.nextInt(3600) - 1;
    }

    private static void loadsOrRefuses(Path file, String replay) throws Exception {
        try (Model model = Engine.open(file, EngineOptions.defaults().withThreads(1));
                Sequence sequence = model.newSequence(1)) {
            sequence.append(new int[] {1}, Rows.LAST, Progress.NONE);
        } catch (ModelFileException expected) {
            // refused: as good as loaded
        } catch (IllegalStateException weights) {
            // a flip that moves a tensor is seen only when its weights give no numbers
            assertThat(weights).as(replay).hasMessageContaining("the model's weights are damaged");
        } catch (RuntimeException | Error wrong) {
            throw new AssertionError(replay, wrong);
        }
    }

    private void refuses(String message) throws IOException {
        Path file = gguf.write(folder.resolve("damaged.gguf"));
        assertThatThrownBy(() -> Engine.open(file, EngineOptions.defaults()))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("damaged.gguf: ")
                .hasMessageContaining(message);
    }
}
