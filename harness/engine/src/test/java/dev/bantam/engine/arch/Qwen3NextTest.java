package dev.bantam.engine.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.gguf.GgufBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small model with random weights against the equations written out in doubles. */
class Qwen3NextTest {
    private static final Qwen3NextReference.Sizes SIZES = Qwen3NextReference.Sizes.SMALL;
    private static final int[] TOKENS = {3, 17, 8, 8, 0, 29, 11, 5, 23, 2, 30, 14};

    /** Always the same: where q and k happen to be nearly orthogonal, the norm after them magnifies the rounding. */
    private final Random random = new Random(7);

    private final Map<String, float[]> weights = new LinkedHashMap<>();
    private final Map<String, List<Long>> shapes = new LinkedHashMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void drawWeights() {
        Qwen3NextReference.Sizes s = SIZES;
        draw("token_embd.weight", s.width(), s.vocabulary());
        draw("output.weight", s.width(), s.vocabulary());
        drawNorm("output_norm.weight", s.width());
        for (int l = 0; l < s.layers(); l++) {
            String block = "blk." + l + ".";
            drawNorm(block + "attn_norm.weight", s.width());
            drawNorm(block + "post_attention_norm.weight", s.width());
            if (s.attends(l)) {
                drawAttention(block);
            } else {
                drawDeltaNet(block);
            }
            drawExperts(block);
        }
    }

    private void drawAttention(String block) {
        Qwen3NextReference.Sizes s = SIZES;
        draw(block + "attn_q.weight", s.width(), s.heads() * 2 * s.headWidth());
        draw(block + "attn_k.weight", s.width(), s.kvHeads() * s.headWidth());
        draw(block + "attn_v.weight", s.width(), s.kvHeads() * s.headWidth());
        draw(block + "attn_output.weight", s.heads() * s.headWidth(), s.width());
        drawNorm(block + "attn_q_norm.weight", s.headWidth());
        drawNorm(block + "attn_k_norm.weight", s.headWidth());
    }

    private void drawDeltaNet(String block) {
        Qwen3NextReference.Sizes s = SIZES;
        draw(block + "attn_qkv.weight", s.width(), s.channels());
        draw(block + "attn_gate.weight", s.width(), s.valueHeads() * s.stateSize());
        draw(block + "ssm_ba.weight", s.width(), 2 * s.valueHeads());
        draw(block + "ssm_conv1d.weight", s.taps(), s.channels());
        draw(block + "ssm_dt.bias", s.valueHeads());
        draw(block + "ssm_a", s.valueHeads());
        float[] a = weights.get(block + "ssm_a");
        for (int i = 0; i < a.length; i++) {
            a[i] = -(float) Math.exp(a[i]);
        }
        drawNorm(block + "ssm_norm.weight", s.stateSize());
        draw(block + "ssm_out.weight", s.valueHeads() * s.stateSize(), s.width());
    }

    private void drawExperts(String block) {
        Qwen3NextReference.Sizes s = SIZES;
        draw(block + "ffn_gate_inp.weight", s.width(), s.experts());
        draw(block + "ffn_gate_exps.weight", s.width(), s.expertWidth(), s.experts());
        draw(block + "ffn_up_exps.weight", s.width(), s.expertWidth(), s.experts());
        draw(block + "ffn_down_exps.weight", s.expertWidth(), s.width(), s.experts());
        draw(block + "ffn_gate_inp_shexp.weight", s.width());
        draw(block + "ffn_gate_shexp.weight", s.width(), s.sharedWidth());
        draw(block + "ffn_up_shexp.weight", s.width(), s.sharedWidth());
        draw(block + "ffn_down_shexp.weight", s.sharedWidth(), s.width());
    }

    @Test
    void givesTheLogitsOfTheEquations() throws Exception {
        double[][] expected = new Qwen3NextReference(SIZES, weights).logits(TOKENS);
        float[] logits = logits("separate.gguf", 5);
        for (int t = 0; t < TOKENS.length; t++) {
            double error = 0;
            double norm = 0;
            for (int i = 0; i < SIZES.vocabulary(); i++) {
                error += Math.pow(logits[t * SIZES.vocabulary() + i] - expected[t][i], 2);
                norm += Math.pow(expected[t][i], 2);
            }
            assertThat(error / norm).as("token %d", t).isLessThan(1e-10);
        }
    }

    @Test
    void givesTheSameBitsHoweverThePromptIsCut() throws Exception {
        float[] expected = logits("whole.gguf", TOKENS.length);
        assertThat(logits("one.gguf", 1)).as("token by token").isEqualTo(expected);
        assertThat(logits("five.gguf", 5)).as("by fives").isEqualTo(expected);
    }

    @Test
    void readsTheFusedMatrixOfOlderFiles() throws Exception {
        float[] expected = logits("separate.gguf", 5);
        for (int l = 0; l < SIZES.layers(); l++) {
            if (!SIZES.attends(l)) {
                fuse("blk." + l + ".");
            }
        }
        assertThat(logits("fused.gguf", 5)).isEqualTo(expected);
    }

    @Test
    void leavesOutBlocksThatPredictFurtherTokens() throws Exception {
        float[] expected = logits("plain.gguf", 5);
        draw("blk.%d.nextn.eh_proj.weight".formatted(SIZES.layers()), 2 * SIZES.width(), SIZES.width());
        drawNorm("blk.%d.attn_norm.weight".formatted(SIZES.layers()), SIZES.width());
        Path file = builder()
                .key("qwen3next.block_count", SIZES.layers() + 1)
                .key("qwen3next.nextn_predict_layers", 1)
                .write(folder.resolve("further.gguf"));
        try (LoadedArchitecture plain = new LoadedArchitecture(folder.resolve("plain.gguf"), 1);
                LoadedArchitecture further = new LoadedArchitecture(file, 1)) {
            assertThat(further.architecture().layers()).isEqualTo(SIZES.layers());
            assertThat(further.architecture().activeParameters())
                    .isEqualTo(plain.architecture().activeParameters());
            assertThat(further.logits(TOKENS, 5)).isEqualTo(expected);
        }
    }

    @Test
    void readsTheOldNameOfAScaledRotation() throws Exception {
        float[] plain = logits("plain.gguf", 5);
        float[] scaled = logits(builder().key("qwen3next.rope.scaling.factor", 4f), "scaled.gguf", 5);
        assertThat(scaled).isNotEqualTo(plain);
        assertThat(logits(builder().key("qwen3next.rope.scale_linear", 4f), "old.gguf", 5))
                .isEqualTo(scaled);
        GgufBuilder both = builder().key("qwen3next.rope.scaling.factor", 4f).key("qwen3next.rope.scale_linear", 2f);
        assertThat(logits(both, "both.gguf", 5)).isEqualTo(scaled);
    }

    @Test
    void sizesOfOneAtTheEndOfAShapeSayNothing() throws Exception {
        float[] expected = logits("plain.gguf", 5);
        shapes.replaceAll((name, shape) -> Stream.concat(shape.stream(), Stream.generate(() -> 1L))
                .limit(4)
                .toList());
        assertThat(logits("ones.gguf", 5)).isEqualTo(expected);
    }

    @Test
    void namesTheKeyThatIsWrong() {
        refuses("ssm.time_step_rank", 5, "is 5; expected a multiple of ssm.group_count 2");
        refuses("ssm.inner_size", 7, "is 7; expected a whole number from 240 to 240");
        refuses("attention.head_count_kv", 3, "is 3; expected a divisor of the 4 heads");
        refuses("rope.dimension_count", 7, "is 7; expected an even number");
        refuses("rope.scaling.type", "longrope", "is 'longrope'; expected none, linear or yarn");
        refuses("expert_used_count", 7, "is 7; expected a whole number from 1 to 6");
        refuses("nextn_predict_layers", 5, "is 5; expected a whole number from 0 to 4");
    }

    private void refuses(String key, Object value, String message) {
        assertThatThrownBy(() -> {
                    Path file = builder().key("qwen3next." + key, value).write(folder.resolve("wrong.gguf"));
                    new LoadedArchitecture(file, 1).close();
                })
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("wrong.gguf: metadata qwen3next." + key + " " + message);
    }

    /** Rows by heads of q and k: q, k, then the values and gates of the heads that belong to it. */
    private void fuse(String block) {
        Qwen3NextReference.Sizes s = SIZES;
        float[] qkv = weights.remove(block + "attn_qkv.weight");
        float[] z = weights.remove(block + "attn_gate.weight");
        List<Float> rows = new ArrayList<>();
        int key = s.stateSize() * s.width();
        int value = s.valueHeads() / s.keyHeads() * key;
        for (int g = 0; g < s.keyHeads(); g++) {
            copy(qkv, g * key, key, rows);
            copy(qkv, (s.keyHeads() + g) * key, key, rows);
            copy(qkv, 2 * s.keyHeads() * key + g * value, value, rows);
            copy(z, g * value, value, rows);
        }
        float[] fused = new float[rows.size()];
        for (int i = 0; i < fused.length; i++) {
            fused[i] = rows.get(i);
        }
        weights.put(block + "ssm_in.weight", fused);
        shapes.put(block + "ssm_in.weight", List.of((long) s.width(), (long) fused.length / s.width()));
    }

    private static void copy(float[] from, int at, int count, List<Float> to) {
        IntStream.range(at, at + count).forEach(i -> to.add(from[i]));
    }

    private float[] logits(String name, int chunk) throws Exception {
        return logits(builder(), name, chunk);
    }

    private float[] logits(GgufBuilder model, String name, int chunk) throws Exception {
        try (LoadedArchitecture loaded = new LoadedArchitecture(model.write(folder.resolve(name)), 2)) {
            return loaded.logits(TOKENS, chunk);
        }
    }

    private GgufBuilder builder() {
        Qwen3NextReference.Sizes s = SIZES;
        GgufBuilder builder = new GgufBuilder()
                .key("general.architecture", "qwen3next")
                .key("qwen3next.block_count", s.layers())
                .key("qwen3next.context_length", 128)
                .key("qwen3next.embedding_length", s.width())
                .key("qwen3next.attention.head_count", s.heads())
                .key("qwen3next.attention.head_count_kv", s.kvHeads())
                .key("qwen3next.attention.key_length", s.headWidth())
                .key("qwen3next.attention.value_length", s.headWidth())
                .key("qwen3next.attention.layer_norm_rms_epsilon", (float) s.eps())
                .key("qwen3next.rope.freq_base", (float) s.ropeBase())
                .key("qwen3next.rope.dimension_count", s.rotated())
                .key("qwen3next.full_attention_interval", s.interval())
                .key("qwen3next.ssm.state_size", s.stateSize())
                .key("qwen3next.ssm.group_count", s.keyHeads())
                .key("qwen3next.ssm.time_step_rank", s.valueHeads())
                .key("qwen3next.ssm.inner_size", s.valueHeads() * s.stateSize())
                .key("qwen3next.ssm.conv_kernel", s.taps())
                .key("qwen3next.expert_count", s.experts())
                .key("qwen3next.expert_used_count", s.expertsUsed())
                .key("qwen3next.expert_feed_forward_length", s.expertWidth())
                .key("qwen3next.expert_shared_feed_forward_length", s.sharedWidth())
                .key(
                        "tokenizer.ggml.tokens",
                        IntStream.range(0, s.vocabulary())
                                .mapToObj(Integer::toString)
                                .toList());
        weights.forEach((name, values) -> builder.tensor(name, values, shapes.get(name)));
        return builder;
    }

    private void draw(String name, int... shape) {
        int count = IntStream.of(shape).reduce(1, (a, b) -> a * b);
        double scale = shape.length == 1 ? 1 : 1 / Math.sqrt(shape[0]);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        weights.put(name, values);
        shapes.put(name, IntStream.of(shape).mapToObj(size -> (long) size).toList());
    }

    private void drawNorm(String name, int width) {
        draw(name, width);
        float[] values = weights.get(name);
        for (int i = 0; i < width; i++) {
            values[i] = 1 + 0.3f * values[i];
        }
    }
}
