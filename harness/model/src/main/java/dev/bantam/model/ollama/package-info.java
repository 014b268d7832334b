/**
 * Ollama through its own {@code /api/chat}: its OpenAI-like interface cannot take {@code num_ctx}, and cuts prompts at
 * 4,096 tokens without a word.
 */
package dev.bantam.model.ollama;
