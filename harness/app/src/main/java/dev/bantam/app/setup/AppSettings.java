package dev.bantam.app.setup;

import dev.bantam.api.Extension;
import dev.bantam.api.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings that the program itself reads. Extensions declare their own. With which keys, and whether
 * anything may leave the machine, is for the user alone: a trusted project cannot change it.
 */
public final class AppSettings {
    public static final Setting<String> MODEL = Setting.text("model", null, "The model to use, as for -m.");
    public static final Setting<String> BASE_URL = Setting.text("base-url", null, "Address of the model server.");
    public static final Setting<Integer> CONTEXT =
            Setting.whole("context", null, "Context window in tokens.", 1, Integer.MAX_VALUE);
    public static final Setting<Integer> MAX_OUTPUT = Setting.whole(
            "max-output-tokens",
            null,
            "Room for one reply in tokens; at most a quarter of the window.",
            1,
            Integer.MAX_VALUE);
    public static final Setting<Double> TEMPERATURE =
            Setting.real("temperature", null, "Sampling temperature, 0 to 2.", 0, 2);
    public static final Setting<Integer> SEED = Setting.whole("seed", null, "Seed of the sampler.");
    static final Setting<String> THINKING =
            Setting.text("thinking", null, "off, low, medium, high or a number of tokens.");
    public static final Setting<Boolean> MASK = Setting.flag(
            "mask", true, "Hold tool calls to their schemas while they are sampled (models in this process).");
    public static final Setting<Boolean> LIVE_CONSTRAINTS = Setting.flag(
            "live-constraints", true, "Hold paths and old text of calls to the files as they are; needs mask.");
    public static final Setting<Boolean> PROMPT_LOOKUP =
            Setting.flag("prompt-lookup", true, "Draft copied text from the context; changes only the speed.");
    public static final Setting<Boolean> WARM_START = Setting.flag(
            "warm-start", true, "Keep what a model in this process has read of its system prompt for the next start.");
    public static final Setting<String> SANDBOX = Setting.text(
                    "sandbox", "auto", "Where commands run.", "auto", "none", "docker", "bubblewrap")
            .userOnly();

    @SuppressWarnings("rawtypes")
    public static final Setting<List> TOOLS = Setting.texts("tools", "Only these tools are offered.");

    @SuppressWarnings("rawtypes")
    static final Setting<List> EXTENSIONS =
            Setting.texts("extensions", "Extensions to switch on (name) or off (-name), in this order.");

    public static final Setting<String> APPEND_SYSTEM_PROMPT =
            Setting.text("append-system-prompt", "", "Text at the end of the system prompt.");
    public static final Setting<Boolean> LOCAL_ONLY = Setting.flag(
                    "local-only", false, "Never talk to another machine, as --offline.")
            .userOnly();
    public static final Setting<Boolean> DISCOVER =
            Setting.flag("discover", true, "Look for local model servers and files when no model is named.");
    public static final Setting<Integer> STDIN_WAIT = Setting.whole(
            "stdin-wait",
            3,
            "Seconds to wait for piped input to begin when there is a prompt; 0 for ever.",
            0,
            Integer.MAX_VALUE);
    public static final Setting<String> OPENAI_KEY = Setting.text(
                    "api-key.openai", null, "Key of api.openai.com; OPENAI_API_KEY goes before it.")
            .userOnly();
    public static final Setting<String> ANTHROPIC_KEY = Setting.text(
                    "api-key.anthropic", null, "Key of Anthropic; ANTHROPIC_API_KEY goes before it.")
            .userOnly();
    public static final Setting<String> OPENROUTER_KEY = Setting.text(
                    "api-key.openrouter", null, "Key of OpenRouter; OPENROUTER_API_KEY goes before it.")
            .userOnly();

    private AppSettings() {}

    /** All of them, and those of the extensions. */
    static List<Setting<?>> with(List<Extension> extensions) {
        List<Setting<?>> all = new ArrayList<>(List.of(
                MODEL,
                BASE_URL,
                CONTEXT,
                MAX_OUTPUT,
                TEMPERATURE,
                SEED,
                THINKING,
                MASK,
                LIVE_CONSTRAINTS,
                PROMPT_LOOKUP,
                WARM_START,
                SANDBOX,
                TOOLS,
                EXTENSIONS,
                APPEND_SYSTEM_PROMPT,
                LOCAL_ONLY,
                DISCOVER,
                STDIN_WAIT,
                OPENAI_KEY,
                ANTHROPIC_KEY,
                OPENROUTER_KEY));
        all.addAll(SandboxSettings.ALL);
        extensions.forEach(extension -> all.addAll(extension.settings()));
        return all;
    }
}
