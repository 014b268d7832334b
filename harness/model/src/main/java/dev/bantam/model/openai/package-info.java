/** OpenAI's chat completions, and the servers that speak them: llama.cpp, LM Studio, vLLM, OpenRouter and others. */
package dev.bantam.model.openai;
