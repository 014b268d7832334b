package dev.bantam.model.server;

import java.util.Arrays;
import java.util.Optional;

/** A kind of server that Bantam can talk to: where it usually is, what it needs, and how its user mends it. */
public enum ServerKind {
    OPENAI("openai", "OpenAI", "https://api.openai.com", "OPENAI_API_KEY", Habit.CLOUD, 128_000),
    LLAMACPP("llamacpp", "llama.cpp", "http://127.0.0.1:8080", "LLAMA_API_KEY", Habit.OWN_MACHINE, 8_192),
    LMSTUDIO("lmstudio", "LM Studio", "http://127.0.0.1:1234", "LM_API_TOKEN", Habit.OWN_MACHINE, 4_096),
    VLLM("vllm", "vLLM", "http://127.0.0.1:8000", "VLLM_API_KEY", Habit.OWN_MACHINE, 8_192),
    OPENROUTER("openrouter", "OpenRouter", "https://openrouter.ai/api", "OPENROUTER_API_KEY", Habit.CLOUD, 32_768),
    OLLAMA("ollama", "Ollama", "http://127.0.0.1:11434", "OLLAMA_API_KEY", Habit.OWN_MACHINE, 32_768),
    ANTHROPIC("anthropic", "Anthropic", "https://api.anthropic.com", "ANTHROPIC_API_KEY", Habit.CLOUD, 200_000);

    private enum Habit {
        OWN_MACHINE,
        CLOUD
    }

    private final String word;
    private final String title;
    private final String defaultUrl;
    private final String keyVariable;
    private final Habit habit;
    private final int assumedWindow;

    ServerKind(String word, String title, String defaultUrl, String keyVariable, Habit habit, int assumedWindow) {
        this.word = word;
        this.title = title;
        this.defaultUrl = defaultUrl;
        this.keyVariable = keyVariable;
        this.habit = habit;
        this.assumedWindow = assumedWindow;
    }

    public static Optional<ServerKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /** The part of a model's reference before the slash. */
    public String word() {
        return word;
    }

    /** The name that people know. */
    public String title() {
        return title;
    }

    /** Where it listens when nobody says otherwise, without {@code /v1}. */
    public String defaultUrl() {
        return defaultUrl;
    }

    /** The environment variable that holds its key; a server on one's own machine rarely has one. */
    public String keyVariable() {
        return keyVariable;
    }

    /** Whether people run it on their own machine: it may be slow, needs no key, and has no time limit. */
    public boolean ownMachine() {
        return habit == Habit.OWN_MACHINE;
    }

    /** Tokens assumed when the server does not say how large the window is: on the small side of what is usual. */
    public int assumedWindow() {
        return assumedWindow;
    }

    /** The command that starts it, where there is one. */
    public Optional<String> startCommand() {
        return switch (this) {
            case LLAMACPP -> Optional.of("llama-server -m MODEL.gguf -c 32768 --jinja");
            case LMSTUDIO -> Optional.of("lms server start");
            case VLLM -> Optional.of("vllm serve MODEL --enable-auto-tool-choice --tool-call-parser hermes");
            case OLLAMA -> Optional.of("ollama serve");
            case OPENAI, OPENROUTER, ANTHROPIC -> Optional.empty();
        };
    }

    /** A sentence with the command that gives the model a larger window; empty where there is none. */
    public Optional<String> windowMend(String model) {
        return switch (this) {
            case LLAMACPP ->
                Optional.of("Restart the server with a larger window: llama-server -c 32768 (with -np N each of the N"
                        + " slots gets only a share of it).");
            case LMSTUDIO ->
                Optional.of("Load the model with a larger window: lms load " + model + " --context-length 32768");
            case VLLM -> Optional.of("Restart the server with a larger window: vllm serve ... --max-model-len 32768");
            case OLLAMA ->
                Optional.of("Ask for a larger window with --context 32768, or start the server with"
                        + " OLLAMA_CONTEXT_LENGTH=32768 ollama serve");
            case OPENAI, OPENROUTER, ANTHROPIC -> Optional.empty();
        };
    }
}
