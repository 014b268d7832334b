package dev.bantam.engine.jlama;

import com.github.tjake.jlama.model.CausalSelfAttention;
import com.github.tjake.jlama.model.RMSNorm;
import com.github.tjake.jlama.model.TransformerBlock;
import com.github.tjake.jlama.model.mixtral.MixtralConfig;
import com.github.tjake.jlama.model.mixtral.MixtralModel;
import com.github.tjake.jlama.safetensors.Config;
import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.safetensors.WeightLoader;
import com.github.tjake.jlama.tensor.AbstractTensor;
import java.util.Optional;

/** jlama's Mixtral with experts that are routed as the model was trained. */
@SuppressWarnings({"rawtypes", "unchecked"}) // jlama leaves its tensors raw
final class RoutedMixtral extends MixtralModel {
    RoutedMixtral(Config config, WeightLoader weights, DType working, DType quantized) {
        super(InferenceType.FULL_GENERATION, config, weights, null, working, quantized, Optional.empty());
    }

    /** Called by the constructor of the class above, before any field of this one would be set. */
    @Override
    protected TransformerBlock[] loadTransformerBlockWeights() {
        TransformerBlock[] blocks = new TransformerBlock[c.numberOfLayers];
        for (int layer = 0; layer < blocks.length; layer++) {
            blocks[layer] = block(layer, "model.layers." + layer + ".");
        }
        return blocks;
    }

    private TransformerBlock block(int layer, String base) {
        String attention = base + "self_attn.";
        return new TransformerBlock(
                this,
                layer,
                new RMSNorm(this, load(base + "input_layernorm")),
                new CausalSelfAttention(
                        this,
                        layer,
                        load(attention + "q_proj"),
                        load(attention + "k_proj"),
                        load(attention + "v_proj"),
                        load(attention + "o_proj")),
                new RMSNorm(this, load(base + "post_attention_layernorm")),
                experts(base + "block_sparse_moe."));
    }

    private GroupedExperts experts(String base) {
        MixtralConfig config = (MixtralConfig) c;
        GroupedExperts.Expert[] experts = new GroupedExperts.Expert[config.numberOfExperts];
        for (int i = 0; i < experts.length; i++) {
            String expert = base + "experts." + i + ".";
            experts[i] = new GroupedExperts.Expert(load(expert + "w1"), load(expert + "w3"), load(expert + "w2"));
        }
        return new GroupedExperts(
                this, config.numberOfExpertsPerToken, load(base + "gate"), experts, this::maybeQuantize);
    }

    private AbstractTensor load(String name) {
        return weights.load(name + ".weight").quantize(modelDType);
    }
}
