package dev.bantam.engine.grammar;

/** How a family of models writes a tool call. The texts are those of the families' own chat templates. */
public enum CallSyntax {
    /** {@code <tool_call>\n{"name": "read", "arguments": {"path": "a"}}\n</tool_call>}: Qwen2.5, Qwen3, Hermes. */
    HERMES,
    /**
     * {@code <tool_call>\n<function=read>\n<parameter=path>\na\n</parameter>\n</function>\n</tool_call>}: Qwen3-Coder,
     * Qwen3.5. Strings stand as they are, other values as JSON.
     */
    QWEN_XML,
    /** {@code [TOOL_CALLS][{"name": "read", "arguments": {"path": "a"}}]}, then the end of the turn: Mistral. */
    MISTRAL,
    /** {@code {"name": "read", "parameters": {"path": "a"}}}, then the end of the turn: Llama 3.1 and later. */
    LLAMA3,
    /**
     * {@code <|channel|>commentary to=functions.read <|constrain|>json<|message|>{"path": "a"}<|call|>}, begun after the
     * {@code <|channel|>} mark's word {@code commentary to=}: gpt-oss.
     */
    HARMONY
}
