package dev.bantam.engine.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.engine.Fixtures;
import dev.bantam.engine.Model;
import dev.bantam.engine.Sequence;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HalfFloatModelTest {
    private static final int[] PROMPT = {958, 644, 370, 12, 658};

    @TempDir
    private Path folder;

    @Test
    void givesNearlyTheLogitsOfTheSameModelInFloats() throws Exception {
        Path halves = halved().write(folder.resolve("f16.gguf"));
        try (Model exact = Fixtures.open(Fixtures.F32);
                Model model = Fixtures.open(halves);
                Sequence expected = exact.newSequence(64);
                Sequence sequence = model.newSequence(64)) {
            assertThat(model.facts().quantization()).isEqualTo("F16");
            float[] logits = Fixtures.append(sequence, model, PROMPT);
            assertThat(Fixtures.nmse(logits, Fixtures.append(expected, exact, PROMPT)))
                    .isBetween(1e-12, 1e-5);
        }
    }

    /** The F32 fixture with its matrices rounded to half floats in place. */
    private static PatchedGguf halved() throws IOException {
        PatchedGguf patched = new PatchedGguf(Fixtures.F32);
        try (GgufFile file = GgufFile.open(Fixtures.F32)) {
            for (TensorInfo info : file.tensors()) {
                if (info.shape().size() > 1) {
                    patched.bytes()
                            .putInt(
                                    patched.after(info.name())
                                            + 4
                                            + 8 * info.shape().size(),
                                    1);
                    for (int i = 0; i < info.elements(); i++) {
                        float weight = patched.bytes().getFloat((int) info.offset() + 4 * i);
                        patched.bytes().putShort((int) info.offset() + 2 * i, Float.floatToFloat16(weight));
                    }
                }
            }
        }
        return patched;
    }
}
