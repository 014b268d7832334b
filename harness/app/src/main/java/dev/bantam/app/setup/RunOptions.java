package dev.bantam.app.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of a run. Those that stand for a setting are put on top of the settings files. */
public final class RunOptions {
    @Option(
            names = {"-m", "--model"},
            paramLabel = "REF",
            description =
                    "local/NAME, a .gguf file, a folder of safetensors, openai/ID, llamacpp/ID, ollama/ID,"
                            + " lmstudio/ID, vllm/ID, openrouter/ID, anthropic/ID, script/FILE. REF:low sets the thinking level too.")
    public String model;

    @Option(names = "--base-url", paramLabel = "URL", description = "Address of an OpenAI-compatible server.")
    String baseUrl;

    @Option(
            names = {"-C", "--cwd"},
            paramLabel = "DIR",
            description = "Workspace; by default the current directory.")
    public Path cwd;

    @Option(names = "--sandbox", paramLabel = "KIND", description = "docker, bubblewrap, none or auto.")
    String sandbox;

    @Option(names = "--max-turns", paramLabel = "N", description = "Stop after so many replies of the model.")
    Integer maxTurns;

    @Option(
            names = "--plan",
            paramLabel = "HOW",
            parameterConsumer = PlanWords.class,
            description = "Plan first: ask (you say yes), auto (nobody is asked), require FILE (an approved plan).")
    String plan;

    @Option(names = "--thinking", paramLabel = "LEVEL", description = "off, low, medium, high or a number of tokens.")
    String thinking;

    @Option(names = "--temperature", paramLabel = "T", description = "Sampling temperature.")
    Double temperature;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the sampler.")
    Integer seed;

    @Option(names = "--context", paramLabel = "TOKENS", description = "Context window.")
    Integer context;

    @Option(
            names = "--ext",
            paramLabel = "LIST",
            parameterConsumer = ExtensionWords.class,
            description = "Extensions for this run: +name switches on, -name off.")
    List<String> extensions = new ArrayList<>();

    @Option(names = "--tools", paramLabel = "LIST", split = ",", description = "Only these tools.")
    List<String> tools;

    @Option(names = "--append-system-prompt", paramLabel = "TEXT", description = "Added to the system prompt.")
    String appendSystemPrompt;

    @Option(
            names = {"-c", "--continue"},
            description = "Go on with the last session of this directory.")
    public boolean goOn;

    @Option(
            names = {"-r", "--resume"},
            paramLabel = "ID",
            arity = "0..1",
            fallbackValue = "",
            description = "Go on with a session; without ID with the last one.")
    public String resume;

    @Option(names = "--session", paramLabel = "ID|FILE", description = "Go on with, or start, this session.")
    public String session;

    @Option(names = "--fork", paramLabel = "ID", description = "Start a new session from a copy of this one.")
    public String fork;

    @Option(names = "--no-session", description = "Keep no record.")
    public boolean noSession;

    @Option(names = "--trust", description = "Take this project's own settings, skills, rules and images for this run.")
    boolean trust;

    @Option(names = "--escalate", paramLabel = "WHEN", description = "never (ask and auto are not available yet).")
    public String escalate;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any setting, for this run.")
    Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--offline", description = "Never talk to another machine.")
    boolean offline;

    @Option(names = "--debug", description = "Show stack traces.")
    boolean debug;

    /** The options that stand for settings, by key. */
    Map<String, Object> asSettings() {
        Map<String, Object> values = new LinkedHashMap<>();
        put(values, AppSettings.BASE_URL.key(), baseUrl);
        put(values, AppSettings.SANDBOX.key(), sandbox);
        put(values, AppSettings.THINKING.key(), thinking);
        put(values, AppSettings.TEMPERATURE.key(), temperature);
        put(values, AppSettings.SEED.key(), seed);
        put(values, AppSettings.CONTEXT.key(), context);
        put(values, AppSettings.TOOLS.key(), tools);
        put(values, AppSettings.APPEND_SYSTEM_PROMPT.key(), appendSystemPrompt);
        put(values, AppSettings.MODEL.key(), model);
        put(values, AppSettings.LOCAL_ONLY.key(), offline ? true : null);
        put(values, "turn-cap.max-turns", maxTurns);
        if (plan != null) {
            put(values, "plan-act.mode", PlanWords.mode(plan));
            put(values, "plan-act.file", PlanWords.file(plan));
        }
        return values;
    }

    private static void put(Map<String, Object> values, String key, Object value) {
        if (value != null) {
            values.put(key, value);
        }
    }
}
