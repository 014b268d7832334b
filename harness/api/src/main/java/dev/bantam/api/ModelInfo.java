package dev.bantam.api;

import java.util.Optional;

/**
 * What is known of a model once it is ready.
 *
 * @param ref how the user names it, such as {@code llamacpp/qwen3.6-35b}
 * @param contextWindow tokens that really fit, prompt and reply together: asked from the server or the file
 * @param windowMend a sentence that tells how to get a larger window; empty when there is no way
 * @param local whether it runs on the user's own machine
 */
public record ModelInfo(
        String ref,
        int contextWindow,
        Optional<String> windowMend,
        boolean local,
        Capabilities capabilities,
        ModelProfile profile) {}
