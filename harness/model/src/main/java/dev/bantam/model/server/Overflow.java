package dev.bantam.model.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows the words in which servers say that a prompt does not fit into the window. */
final class Overflow {
    private static final Pattern WORDS = Pattern.compile(
            String.join(
                    "|",
                    "exceed_context_size_error", // llama.cpp since b6400
                    "exceeds? the available context size", // llama.cpp
                    "context size has been exceeded", // llama.cpp while generating; LM Studio's MLX
                    "context shift is disabled", // llama.cpp
                    "failed to find (free )?space in the kv cache", // llama.cpp
                    "context_length_exceeded", // OpenAI, Groq, OpenRouter
                    "maximum context length", // OpenAI, vLLM, OpenRouter, SGLang
                    "longer than the (model's|maximum|context)", // vLLM, SGLang
                    "context overflow", // LM Studio
                    "when context the overflows", // LM Studio 0.3, literally
                    "greater than the context length", // LM Studio
                    "larger context length", // LM Studio
                    "reached context length of", // LM Studio
                    "input length (and `?max_tokens`? )?exceeds? (the )?context", // Ollama, Anthropic
                    "exceed(s|ed)? (the )?(model's |maximum )*context (length|window|size|limit)", // several
                    "exceed(s|ed)? (the )?(max|maximum) context", // Ollama's cloud
                    "requested tokens \\(\\d+\\) exceed", // llama-cpp-python
                    "(prompt|input) is too long", // Anthropic, Bedrock
                    "prompt too long", // Ollama's cloud
                    "input token count .* exceeds the maximum", // Google
                    "request_too_large"), // Anthropic, 413
            Pattern.CASE_INSENSITIVE);

    private Overflow() {}

    static boolean isSaidIn(String text) {
        Matcher matcher = WORDS.matcher(text);
        return matcher.find();
    }
}
