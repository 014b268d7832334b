package dev.bantam.api;

import java.util.Optional;

/** One piece of a message. */
public sealed interface Part {

    /** Text that the reader sees. */
    record Text(String text) implements Part {}

    /**
     * What the model thought before it answered.
     *
     * @param seal the provider's opaque signature, which must be sent back unchanged; empty where there is none
     */
    record Thinking(String text, Optional<String> seal) implements Part {
        public Thinking(String text) {
            this(text, Optional.empty());
        }
    }

    /**
     * A request of the model to run a tool.
     *
     * @param id unique in its conversation; pairs the call with its result
     * @param raw the arguments as the model wrote them, byte for byte, where they are known
     */
    record ToolCall(String id, String tool, Arguments arguments, Optional<String> raw) implements Part {
        public ToolCall(String id, String tool, Arguments arguments) {
            this(id, tool, arguments, Optional.empty());
        }
    }

    /**
     * A picture.
     *
     * @param mediaType such as {@code image/png}
     * @param base64 the bytes, in standard Base64
     */
    record Image(String mediaType, String base64) implements Part {}
}
