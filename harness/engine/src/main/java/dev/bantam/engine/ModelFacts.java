package dev.bantam.engine;

/**
 * What a caller can know about an open model.
 *
 * @param architecture such as {@code qwen3moe}
 * @param quantization the weight type that most of the file's bytes have, such as {@code Q8_0}
 * @param totalParameters all weights
 * @param activeParameters the weights that one token meets: of each layer's experts only those that are used
 * @param activeBytes the weights' bytes that are read for one token: those of {@code activeParameters}, but of an embedding
 *     that is not the output matrix too only one row. Keys and values come on top
 * @param contextTokens the context length that the model was trained for
 * @param cacheBytesPerToken memory that each token takes in a sequence
 * @param windowTokens how many tokens those layers see that attend to the latest only; 0 without such
 * @param windowBytesPerToken their part of {@code cacheBytesPerToken}
 * @param bytesPerSequence memory that a sequence takes besides its tokens
 * @param bytesPerMark memory that a mark takes besides; 0 when marks cost nothing
 * @param recurrent whether layers keep a running state that cannot be cut back; then a rewind replays from a mark
 * @param largestBatch the most tokens evaluated at once; also the most drafted tokens that are worth appending at once,
 *     because a rewind into the latest batch of a recurrent model replays no further back than where the batch begins
 * @param fileBytes the size of all its files together
 * @param fingerprint identifies the model's content; equal for equal files
 */
public record ModelFacts(
        String name,
        String architecture,
        String quantization,
        long totalParameters,
        long activeParameters,
        long activeBytes,
        int contextTokens,
        int layers,
        int vocabularySize,
        long cacheBytesPerToken,
        int windowTokens,
        long windowBytesPerToken,
        long bytesPerSequence,
        long bytesPerMark,
        boolean recurrent,
        int largestBatch,
        long fileBytes,
        String fingerprint) {}
