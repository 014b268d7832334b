package dev.bantam.engine.arch;

import static dev.bantam.engine.kernel.Activations.rmsNorm;
import static dev.bantam.engine.kernel.Products.into;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.kernel.KvCache;
import dev.bantam.engine.kernel.Matrix;
import dev.bantam.engine.kernel.Products;
import dev.bantam.engine.kernel.RecurrentState;
import dev.bantam.engine.kernel.SequenceCache;

/**
 * The frame of all architectures here, a stack of pre-norm layers around a residual stream x:
 *
 * <pre>
 * x  = embedding[token]
 * x += mix(rms(x, mixer_norm))            for each layer
 * x += feed(rms(x, feed_forward_norm))
 * logits = W_output rms(x, output_norm)
 * </pre>
 */
final class Transformer implements Architecture {
    private final Layer[] layers;
    private final Matrix embedding; // (vocabulary, E)
    private final float[] outputNorm; // (E)
    private final Matrix output; // (vocabulary, E); the embedding itself when tied
    private final SequenceCache.Shape cacheShape;
    private final Windows windows;
    private final Products products;
    private final int width;
    private final float eps;
    private final int contextTokens;
    private final long activeParameters;
    private final float[] x; // (n, E) the residual stream
    private final float[] h; // (n, E) what a block reads

    record Layer(float[] mixerNorm, TokenMixer mixer, float[] feedForwardNorm, FeedForward feedForward) {}

    /** Reads one layer, the {@code l}-th. */
    interface LayerReader {
        Layer read(Tensors tensors, int l) throws ModelFileException;
    }

    /** Reads all layers of a model, in order. */
    static Layer[] layers(ModelSource model, LayerReader reader) throws ModelFileException {
        Layer[] layers = new Layer[model.layers()];
        for (int l = 0; l < layers.length; l++) {
            layers[l] = reader.read(model.block(l), l);
        }
        return layers;
    }

    /** A model whose layers all attend. */
    Transformer(ModelSource model, Layer[] layers, KvCache.Shape attention) throws ModelFileException {
        this(model, layers, attention, RecurrentState.Shape.NONE);
    }

    /** The same; some see a window only. */
    Transformer(ModelSource model, Layer[] layers, KvCache.Shape attention, Windows windows) throws ModelFileException {
        this(model, layers, attention, RecurrentState.Shape.NONE, windows);
    }

    Transformer(ModelSource model, Layer[] layers, KvCache.Shape attention, RecurrentState.Shape recurrent)
            throws ModelFileException {
        this(model, layers, attention, recurrent, Windows.NONE);
    }

    private Transformer(
            ModelSource model, Layer[] layers, KvCache.Shape attention, RecurrentState.Shape recurrent, Windows windows)
            throws ModelFileException {
        this.layers = layers;
        this.windows = windows;
        cacheShape = new SequenceCache.Shape(attention, recurrent);
        products = new Products(model.workers());
        width = model.width();
        eps = model.eps();
        contextTokens = model.contextTokens();
        activeParameters = model.activeParameters();
        Tensors w = model.tensors();
        int vocabulary = model.vocabulary();
        embedding = w.matrix("token_embd.weight", vocabulary, width);
        output = w.has("output.weight") ? w.matrix("output.weight", vocabulary, width) : embedding;
        outputNorm = w.vector("output_norm.weight", width);
        x = model.buffer(width);
        h = model.buffer(width);
    }

    @Override
    public void forward(Batch batch, SequenceCache cache) throws InterruptedException {
        int n = batch.count();
        for (int t = 0; t < n; t++) {
            embedding.row(batch.tokens()[batch.from() + t], x, t * width);
        }
        for (Layer layer : layers) {
            batch.check().run();
            rmsNorm(x, n, layer.mixerNorm(), eps, h);
            layer.mixer().mix(h, batch.position(), n, cache, x);
            rmsNorm(x, n, layer.feedForwardNorm(), eps, h);
            layer.feedForward().feed(h, n, x);
        }
        logits(batch);
    }

    private void logits(Batch batch) {
        int rows = batch.count() - batch.firstRow();
        if (rows == 0) {
            return;
        }
        System.arraycopy(x, batch.firstRow() * width, h, 0, rows * width);
        rmsNorm(h, rows, outputNorm, eps, h);
        float[] out = batch.logitsAt() == 0 ? batch.logits() : new float[rows * output.rows()];
        products.multiply(h, rows, into(output, out));
        if (out != batch.logits()) {
            System.arraycopy(out, 0, batch.logits(), batch.logitsAt(), out.length);
        }
    }

    @Override
    public int layers() {
        return layers.length;
    }

    @Override
    public int vocabularySize() {
        return output.rows();
    }

    @Override
    public int contextTokens() {
        return contextTokens;
    }

    @Override
    public long activeParameters() {
        return activeParameters;
    }

    @Override
    public SequenceCache.Shape cacheShape() {
        return cacheShape;
    }

    @Override
    public Windows windows() {
        return windows;
    }
}
