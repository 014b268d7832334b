package dev.bantam.engine.jlama;

import com.github.tjake.jlama.math.ActivationFunction;
import com.github.tjake.jlama.math.VectorMath;
import com.github.tjake.jlama.model.functions.FeedForward;
import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.Q8ByteBufferTensor;
import com.github.tjake.jlama.tensor.TensorShape;
import com.github.tjake.jlama.tensor.operations.TensorOperations;
import com.github.tjake.jlama.tensor.operations.TensorOperationsProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A layer of experts in place of jlama's, which ignores the routing weights and, in a batch, puts the first expert's result
 * in the first row for every token. A batch's tokens are grouped by expert, so that each expert's weights are read once.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // jlama leaves its tensors raw
final class GroupedExperts implements FeedForward {
    private final RoutedMixtral model;
    private final int used;
    private final AbstractTensor router; // (experts, embedding)
    private final Expert[] experts;
    private final UnaryOperator<AbstractTensor> quantize;

    /**
     * @param gate (hidden, embedding)
     * @param up (hidden, embedding)
     * @param down (embedding, hidden)
     */
    record Expert(AbstractTensor gate, AbstractTensor up, AbstractTensor down) {}

    /** @param quantize makes activations of the type that weights are multiplied with */
    GroupedExperts(
            RoutedMixtral model,
            int used,
            AbstractTensor router,
            Expert[] experts,
            UnaryOperator<AbstractTensor> quantize) {
        this.model = model;
        this.used = used;
        this.router = router;
        this.experts = experts;
        this.quantize = quantize;
    }

    @Override
    public AbstractTensor forward(AbstractTensor input, Optional<Consumer<List<AbstractTensor>>> reducer) {
        int tokens = input.shape().first();
        AbstractTensor result = model.makeDenseTensor(tokens, model.getConfig().embeddingLength);
        Routes routes = route(input, tokens);
        for (int expert = 0; expert < experts.length; expert++) {
            int[] rows = routes.tokensOf(expert);
            for (int done = 0, count; done < rows.length; done += count) {
                count = Products.batch(rows.length - done);
                add(expert, Arrays.copyOfRange(rows, done, done + count), routes, input, result);
                reducer.ifPresent(told -> told.accept(List.of(result)));
            }
        }
        return result;
    }

    private Routes route(AbstractTensor input, int tokens) {
        Routes routes = new Routes(tokens, experts.length, used);
        float[] row = new float[experts.length];
        try (AbstractTensor scores = model.makeDenseTensor(1, experts.length)) {
            for (int token = 0; token < tokens; token++) {
                operations().dotProductChunk(scores, input.slice(token), router, 0, embedding(), 0, experts.length);
                for (int expert = 0; expert < row.length; expert++) {
                    row[expert] = scores.get(0, expert);
                }
                routes.choose(token, row);
            }
        }
        return routes;
    }

    /** Adds weight × down(silu(gate(x)) × up(x)) to the rows of the tokens that chose the expert. */
    private void add(int number, int[] rows, Routes routes, AbstractTensor input, AbstractTensor result) {
        Expert expert = experts[number];
        int hidden = model.getConfig().hiddenLength;
        try (AbstractTensor chosen = gather(input, rows);
                AbstractTensor gate = model.makeDenseTensor(rows.length, hidden);
                AbstractTensor up = model.makeDenseTensor(rows.length, hidden)) {
            AbstractTensor[] results = {gate, up};
            AbstractTensor[] weights = {expert.gate(), expert.up()};
            VectorMath.pchunk(
                    0,
                    hidden,
                    (start, count) ->
                            operations().dotProductBatchChunk(results, chosen, weights, 0, embedding(), start, count));
            VectorMath.pfor(0, rows.length, row -> {
                for (int i = 0; i < hidden; i++) {
                    gate.set(ActivationFunction.eval(ActivationFunction.Type.SILU, gate.get(row, i)), row, i);
                }
            });
            operations().maccumulate(gate, up, 0, hidden);
            try (AbstractTensor active = quantize.apply(gate);
                    AbstractTensor out = model.makeDenseTensor(rows.length, embedding())) {
                VectorMath.pchunk(
                        0,
                        embedding(),
                        (start, count) ->
                                operations().dotProductChunk(out, active, expert.down(), 0, hidden, start, count));
                for (int i = 0; i < rows.length; i++) {
                    accumulate(result, rows[i], out, i, routes.weight(rows[i], number));
                }
            }
        }
    }

    private AbstractTensor gather(AbstractTensor input, int[] rows) {
        AbstractTensor chosen =
                model.getConfig().tensorCache.get(input.dType(), TensorShape.of(rows.length, embedding()));
        for (int i = 0; i < rows.length; i++) {
            chosen.copyFrom(input, input.getOffset(rows[i], 0), chosen.getOffset(i, 0), embedding());
        }
        if (input instanceof Q8ByteBufferTensor from && chosen instanceof Q8ByteBufferTensor to) {
            copyScales(from.getBlockF(), rows, to.getBlockF());
        }
        return chosen;
    }

    /** Eight-bit activations have a scale for each block, which jlama's copying leaves out. */
    private void copyScales(AbstractTensor from, int[] rows, AbstractTensor to) {
        int blocks = embedding() / Q8ByteBufferTensor.BLOCK_SIZE;
        for (int i = 0; i < rows.length; i++) {
            to.copyFrom(from, from.getOffset(rows[i], 0), to.getOffset(i, 0), blocks);
        }
    }

    private void accumulate(AbstractTensor result, int row, AbstractTensor out, int from, float weight) {
        for (int i = 0; i < embedding(); i++) {
            result.set(result.get(row, i) + weight * out.get(from, i), row, i);
        }
    }

    private int embedding() {
        return model.getConfig().embeddingLength;
    }

    private static TensorOperations operations() {
        return TensorOperationsProvider.get();
    }
}
