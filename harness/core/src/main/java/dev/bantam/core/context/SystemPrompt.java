package dev.bantam.core.context;

import dev.bantam.api.ModelProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The system prompt, made once for a session from what is really there, and never changed after. It holds no date, no
 * counter and nothing of the repository's state, so that a resumed session begins with the same bytes.
 */
public final class SystemPrompt {
    private static final String LEFT_OUT = "[… %d characters left out …]";

    private SystemPrompt() {}

    /**
     * @param toolNames the tools of this session
     * @param workspace its folder, as the model is told
     * @param maxInstructionTokens what the project's instructions may cost together
     * @param appended the user's own addition; may be empty
     */
    public static String text(
            ModelProfile profile,
            List<String> toolNames,
            String workspace,
            List<ProjectInstructions.Instructions> instructions,
            int maxInstructionTokens,
            ToIntFunction<String> count,
            String appended) {
        if (profile.systemPrompt().isPresent()) {
            return (profile.systemPrompt().get() + "\n\n" + appended).strip();
        }
        List<String> sections = new ArrayList<>();
        sections.add(Texts.read("system-prompt.md").strip());
        sections.add(rules(toolNames));
        sections.add("Workspace: " + workspace + " (" + System.getProperty("os.name") + "). Paths are relative to it.");
        int left = maxInstructionTokens;
        for (ProjectInstructions.Instructions each : instructions.reversed()) { // the innermost matter most
            String text = Clip.middle(each.text(), Math.max(0, left), count, LEFT_OUT);
            left -= count.applyAsInt(text);
            sections.add(3, "# Instructions of the project, from " + each.path() + "\n\n" + text);
        }
        if (!appended.isBlank()) {
            sections.add(appended.strip());
        }
        return String.join("\n\n", sections);
    }

    /** One line for each tool that there is a rule for, so that no rule names a tool that is absent. */
    private static String rules(List<String> toolNames) {
        Map<String, String> rules = Map.of(
                "read", "- Read a file before you edit it.",
                "edit", "- Copy old_text of an edit exactly from the file, with enough lines to be unique.",
                "bash", "- After a change, run the tests with bash and read what they print.",
                "grep", "- Find names with grep; do not guess.");
        List<String> lines = List.of("grep", "read", "edit", "bash").stream()
                .filter(toolNames::contains)
                .map(rules::get)
                .toList();
        return lines.isEmpty() ? "" : "Rules:\n" + String.join("\n", lines);
    }
}
