package dev.bantam.evals.speed;

import java.util.Optional;

/**
 * Sizes of a random model.
 *
 * @param feedForward width inside the feed-forward block, of one expert where there are experts
 * @param experts 0 for a dense model
 * @param delta present in hybrids: then only every fourth layer has attention
 */
record Shape(
        String architecture,
        int vocabulary,
        int width,
        int layers,
        int heads,
        int kvHeads,
        int headWidth,
        int feedForward,
        int experts,
        int expertsUsed,
        Optional<Delta> delta) {
    static final int ATTENTION_INTERVAL = 4;
    static final int CONTEXT = 8192;

    /**
     * Gated delta net.
     *
     * @param sharedWidth width of the expert that every token meets
     * @param rope elements of a head that rotate
     */
    record Delta(int state, int keyHeads, int valueHeads, int convolution, int sharedWidth, int rope) {
        int inner() {
            return state * valueHeads;
        }

        int channels() {
            return 2 * state * keyHeads + inner();
        }
    }

    boolean attends(int layer) {
        return delta.isEmpty() || (layer + 1) % ATTENTION_INTERVAL == 0;
    }

    /** Elements of keys and values that one token adds to the cache. */
    long cacheElements() {
        long attending = delta.isPresent() ? layers / ATTENTION_INTERVAL : layers;
        return attending * 2 * kvHeads * headWidth;
    }

    /** Bytes of recurrent state that are read and written for one token. */
    long stateBytes() {
        return delta.map(d -> 2L * Float.BYTES * (layers - layers / ATTENTION_INTERVAL) * d.inner() * d.state())
                .orElse(0L);
    }

    /** The same kind of model, small enough for tests. */
    Shape tiny() {
        return new Shape(
                architecture,
                1000,
                256,
                4,
                4,
                2,
                headWidth,
                experts == 0 ? 512 : 256,
                Math.min(experts, 8),
                Math.min(expertsUsed, 2),
                delta.map(d -> new Delta(64, 2, 4, d.convolution(), 256, d.rope())));
    }
}
