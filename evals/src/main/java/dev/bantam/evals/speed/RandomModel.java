package dev.bantam.evals.speed;

import dev.bantam.engine.gguf.GgufWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Writes a random model: straight in quantised form, block by block, so that it takes no memory; the same for the same
 * seed. Weights have a standard deviation of 1/√(input width) and norms are near 1, so activations stay near 1 and experts
 * are picked evenly.
 */
final class RandomModel {
    private static final int CHUNK_BLOCKS = 1 << 12;

    private final BenchModel model;
    private final Shape shape;
    private final long seed;
    private final GgufWriter writer = new GgufWriter();

    private RandomModel(BenchModel model, long seed) {
        this.model = model;
        this.shape = model.shape();
        this.seed = seed;
    }

    static void write(BenchModel model, long seed, Path file) throws IOException {
        RandomModel random = new RandomModel(model, seed);
        RandomMetadata.put(random.writer, model);
        random.tensors();
        random.writer.write(file);
    }

    private void tensors() {
        matrix("token_embd", -1, shape.width(), shape.vocabulary());
        for (int layer = 0; layer < shape.layers(); layer++) {
            norm("attn_norm", layer, shape.width());
            if (shape.attends(layer)) {
                attention(layer);
            } else {
                deltaNet(layer, shape.delta().orElseThrow());
            }
            norm(shape.delta().isPresent() ? "post_attention_norm" : "ffn_norm", layer, shape.width());
            feedForward(layer);
        }
        norm("output_norm", -1, shape.width());
        matrix("output", -1, shape.width(), shape.vocabulary());
    }

    private void attention(int layer) {
        int queries = shape.heads() * shape.headWidth();
        int keys = shape.kvHeads() * shape.headWidth();
        boolean gated = shape.delta().isPresent(); // then each head's queries are followed by its gate
        matrix("attn_q", layer, shape.width(), gated ? 2 * queries : queries);
        matrix("attn_k", layer, shape.width(), keys);
        matrix("attn_v", layer, shape.width(), keys);
        matrix("attn_output", layer, queries, shape.width());
        if (!shape.architecture().equals("llama")) {
            norm("attn_q_norm", layer, shape.headWidth());
            norm("attn_k_norm", layer, shape.headWidth());
        }
    }

    private void deltaNet(int layer, Shape.Delta delta) {
        matrix("attn_qkv", layer, shape.width(), delta.channels());
        matrix("attn_gate", layer, shape.width(), delta.inner());
        floats("ssm_conv1d.weight", layer, 0, 0.5f, delta.convolution(), delta.channels());
        floats("ssm_dt.bias", layer, 0, 0.5f, delta.valueHeads());
        floats("ssm_a", layer, -0.5f, 0.1f, delta.valueHeads());
        matrix("ssm_beta", layer, shape.width(), delta.valueHeads());
        matrix("ssm_alpha", layer, shape.width(), delta.valueHeads());
        norm("ssm_norm", layer, delta.state());
        matrix("ssm_out", layer, delta.inner(), shape.width());
    }

    private void feedForward(int layer) {
        int width = shape.width();
        int inner = shape.feedForward();
        if (shape.experts() == 0) {
            matrix("ffn_gate", layer, width, inner);
            matrix("ffn_up", layer, width, inner);
            matrix("ffn_down", layer, inner, width);
            return;
        }
        floats("ffn_gate_inp.weight", layer, 0, 2 / (float) Math.sqrt(width), width, shape.experts());
        matrix("ffn_gate_exps", layer, width, inner, shape.experts());
        matrix("ffn_up_exps", layer, width, inner, shape.experts());
        matrix("ffn_down_exps", layer, inner, width, shape.experts());
        shape.delta().ifPresent(delta -> {
            floats("ffn_gate_inp_shexp.weight", layer, 0, 1 / (float) Math.sqrt(width), width);
            matrix("ffn_gate_shexp", layer, width, delta.sharedWidth());
            matrix("ffn_up_shexp", layer, width, delta.sharedWidth());
            matrix("ffn_down_shexp", layer, delta.sharedWidth(), width);
        });
    }

    private void norm(String name, int layer, long width) {
        floats(name + ".weight", layer, 1, 0.1f, width);
    }

    private void floats(String name, int layer, float mean, float deviation, long... sizes) {
        String full = full(name, layer);
        int count = (int) LongStream.of(sizes).reduce(1, Math::multiplyExact);
        GgufWriter.Weights weights = out -> {
            SplittableRandom random = random(full);
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < count; i++) {
                bytes.putFloat(mean + deviation * (float) random.nextGaussian());
            }
            out.write(bytes.array());
        };
        writer.tensor(full, WeightType.F32.number(), (long) Float.BYTES * count, weights, sizes);
    }

    private void matrix(String name, int layer, long... sizes) {
        String full = full(name + ".weight", layer);
        WeightType type = model.type(name, layer);
        long bytes = type.bytes(LongStream.of(sizes).reduce(1, Math::multiplyExact));
        float deviation = 1 / (float) Math.sqrt(sizes[0]);
        writer.tensor(full, type.number(), bytes, out -> blocks(out, random(full), type, deviation, bytes), sizes);
    }

    static void blocks(OutputStream out, SplittableRandom random, WeightType type, float deviation, long bytes)
            throws IOException {
        byte[] chunk = new byte[CHUNK_BLOCKS * type.blockBytes()];
        for (long left = bytes; left > 0; left -= chunk.length) {
            int length = (int) Math.min(left, chunk.length);
            random.nextBytes(chunk);
            for (int at = 0; at < length; at += type.blockBytes()) {
                type.scale(chunk, at, deviation, random);
            }
            out.write(chunk, 0, length);
        }
    }

    /** Each tensor draws its own numbers. */
    private SplittableRandom random(String name) {
        return new SplittableRandom(Arrays.hashCode(new long[] {seed, name.hashCode()}) * 0x9e3779b97f4a7c15L + seed);
    }

    private static String full(String name, int layer) {
        return layer < 0 ? name : "blk." + layer + "." + name;
    }
}
