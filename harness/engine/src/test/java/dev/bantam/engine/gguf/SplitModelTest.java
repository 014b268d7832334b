package dev.bantam.engine.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.engine.Engine;
import dev.bantam.engine.EngineOptions;
import dev.bantam.engine.Fixtures;
import dev.bantam.engine.Model;
import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.Sequence;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitModelTest {
    private static final int[] PROMPT = {958, 644, 370, 12, 658};

    @TempDir
    private Path folder;

    @Test
    void computesWhatTheWholeFileComputesWhicheverPartIsNamed() throws Exception {
        SplitGguf split = new SplitGguf(folder, 3).write();
        float[] expected = logits(Fixtures.Q8_0);
        assertThat(logits(split.part(1))).containsExactly(expected);
        assertThat(logits(split.part(3))).containsExactly(expected);
    }

    @Test
    void countsAllPartsAsOneModel() throws Exception {
        SplitGguf split = new SplitGguf(folder, 3).write();
        long bytes = Files.size(split.part(1)) + Files.size(split.part(2)) + Files.size(split.part(3));
        try (Model whole = Fixtures.open(Fixtures.Q8_0);
                Model model = Fixtures.open(split.part(2))) {
            assertThat(model.facts().fileBytes()).isEqualTo(bytes);
            assertThat(model.facts().totalParameters()).isEqualTo(whole.facts().totalParameters());
            assertThat(model.facts().activeBytes()).isEqualTo(whole.facts().activeBytes());
        }
    }

    @Test
    void tellsModelsApartThatDifferInALaterPart() throws Exception {
        SplitGguf split = new SplitGguf(folder, 2).write();
        String before = fingerprint(split.part(1));
        assertThat(fingerprint(split.part(2))).isEqualTo(before);
        try (RandomAccessFile file = new RandomAccessFile(split.part(2).toFile(), "rw")) {
            file.setLength(file.length() + 32);
        }
        assertThat(fingerprint(split.part(1))).isNotEqualTo(before);
    }

    @Test
    void namesThePartThatIsMissing() throws Exception {
        SplitGguf split = new SplitGguf(folder, 3).write();
        Files.delete(split.part(2));
        refuses(split.part(3), "big-00002-of-00003.gguf: file is missing; expected all 3 parts of the model");
    }

    @Test
    void refusesPartsThatDoNotBelongTogether() throws Exception {
        SplitGguf split = new SplitGguf(folder, 2).write(2, 1);
        refuses(split.part(1), "big-00001-of-00002.gguf: metadata split.no is 1; expected 0 by the file's name");
        new SplitGguf(folder, 2).telling(99).write();
        refuses(split.part(1), "metadata split.tensors.count is 99; expected ");
        new SplitGguf(folder, 2).write();
        Files.copy(
                new SplitGguf(Files.createDirectory(folder.resolve("three")), 3)
                        .write()
                        .part(2),
                other(split));
        refuses(split.part(1), "big-00002-of-00002.gguf: metadata split.count is 3; expected 2, as in the other parts");
    }

    private static Path other(SplitGguf split) throws IOException {
        Files.delete(split.part(2));
        return split.part(2);
    }

    @Test
    void refusesATensorThatIsInTwoParts() throws Exception {
        SplitGguf split = new SplitGguf(folder, 2).write();
        PatchedGguf second = new PatchedGguf(split.part(2));
        String norm = "blk.3.attn_norm.weight";
        second.replace(norm, "blk.0.attn_norm.weight").write(split.part(2));
        refuses(split.part(1), "tensor blk.0.attn_norm.weight is also in big-00001-of-00002.gguf");
    }

    @Test
    void refusesAPartWhoseNameDoesNotTellTheOthers() throws Exception {
        SplitGguf split = new SplitGguf(folder, 2).write();
        Path renamed = Files.move(split.part(1), folder.resolve("renamed.gguf"));
        refuses(renamed, "metadata split.count is 2; expected a file named like NAME-00001-of-00002.gguf");
    }

    @Test
    void takesAWholeModelByAnyName() throws Exception {
        Path odd = Files.copy(Fixtures.Q8_0, folder.resolve("odd-00001-of-00007.gguf"));
        try (Model model = Fixtures.open(odd)) {
            assertThat(model.facts().fileBytes()).isEqualTo(Files.size(odd));
        }
    }

    private static float[] logits(Path file) throws Exception {
        try (Model model = Fixtures.open(file);
                Sequence sequence = model.newSequence(64)) {
            return Fixtures.append(sequence, model, PROMPT);
        }
    }

    private static String fingerprint(Path file) {
        try (Model model = Fixtures.open(file)) {
            return model.facts().fingerprint();
        }
    }

    private static void refuses(Path file, String message) {
        assertThatThrownBy(() -> Engine.open(file, EngineOptions.defaults()))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(message);
    }
}
