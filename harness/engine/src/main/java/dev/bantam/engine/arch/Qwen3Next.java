package dev.bantam.engine.arch;

import static dev.bantam.engine.kernel.Products.into;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.kernel.Matrix;
import dev.bantam.engine.kernel.Products;

/**
 * Qwen3-Next, such as Qwen3-Coder-Next 80B-A3B: the layers of {@link Qwen35} with experts, the delta net's weights laid out
 * otherwise. Neighbouring heads of v share a head of q and k, and the rows of a fused matrix go by the heads of q and k, r
 * heads of v belonging to each of these G:
 *
 * <pre>
 * W_βα h = (G; β r | α r)
 * W_in h = (G; q S | k S | v r·S | z r·S)          in older files; newer ones have W_qkv and W_z
 * </pre>
 */
final class Qwen3Next {
    private final ModelSource model;
    private final DeltaNet net;
    private final Products products;
    private final int group; // r
    private final float[] betaAlpha; // (n, G, 2, r)
    private final float[] fused; // (n, G, (2 + 2 r) S)

    private Qwen3Next(ModelSource model, DeltaNet net) {
        this.model = model;
        this.net = net;
        products = new Products(model.workers());
        group = net.heads() / net.keyHeads();
        betaAlpha = model.buffer(2 * net.heads());
        fused = model.tensors().has("blk.0.ssm_in.weight") ? model.buffer(fusedRows()) : new float[0];
    }

    static Transformer load(ModelSource model) throws ModelFileException {
        DeltaNet deltaNet = DeltaNet.grouped(model);
        Qwen3Next next = new Qwen3Next(model, deltaNet);
        return Qwen35.load(model, deltaNet, w -> deltaNet.layer(w, next.projection(w)), Qwen35.expertsAndShared(model));
    }

    private DeltaNet.Projection projection(Tensors w) throws ModelFileException {
        Matrix ba = w.matrix("ssm_ba.weight", 2 * net.heads(), model.width());
        if (fused.length > 0) {
            Matrix in = w.matrix("ssm_in.weight", fusedRows(), model.width());
            return (h, n, u, z, alpha, beta) -> {
                products.multiply(h, n, into(in, fused), into(ba, betaAlpha));
                separate(n, u, z);
                separateBetaAlpha(n, alpha, beta);
            };
        }
        Matrix qkv = w.matrix("attn_qkv.weight", net.channels(), model.width());
        Matrix gate = w.matrix("attn_gate.weight", net.heads() * net.headWidth(), model.width());
        return (h, n, u, z, alpha, beta) -> {
            products.multiply(h, n, into(qkv, u), into(gate, z), into(ba, betaAlpha));
            separateBetaAlpha(n, alpha, beta);
        };
    }

    private void separateBetaAlpha(int n, float[] alpha, float[] beta) {
        for (int item = 0; item < n * net.keyHeads(); item++) {
            System.arraycopy(betaAlpha, 2 * item * group, beta, item * group, group);
            System.arraycopy(betaAlpha, (2 * item + 1) * group, alpha, item * group, group);
        }
    }

    private void separate(int n, float[] u, float[] z) {
        int key = net.headWidth();
        int value = group * net.headWidth();
        for (int t = 0; t < n; t++) {
            int token = t * net.channels();
            for (int g = 0; g < net.keyHeads(); g++) {
                int from = (t * net.keyHeads() + g) * 2 * (key + value);
                System.arraycopy(fused, from, u, token + g * key, key);
                System.arraycopy(fused, from + key, u, token + (net.keyHeads() + g) * key, key);
                System.arraycopy(fused, from + 2 * key, u, token + 2 * net.keyHeads() * key + g * value, value);
                System.arraycopy(fused, from + 2 * key + value, z, (t * net.keyHeads() + g) * value, value);
            }
        }
    }

    private int fusedRows() {
        return net.channels() + net.heads() * net.headWidth();
    }
}
