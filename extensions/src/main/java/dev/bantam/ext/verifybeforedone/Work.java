package dev.bantam.ext.verifybeforedone;

import dev.bantam.api.Part;
import dev.bantam.api.ToolResult;
import dev.bantam.api.Workspace;
import dev.bantam.ext.files.WorkspaceWalk;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What one run did to the workspace, as far as its calls tell. */
final class Work {
    private static final Set<String> LOOKING_TOOLS = Set.of("read", "grep", "glob", "ls", "web_fetch", "web_search");
    private static final Pattern LOOKING_COMMAND = Pattern.compile(
            "^\\s*(?:cd \\S+\\s*&&\\s*)?(?:cat|ls|grep|rg|find(?!.*-(?:delete|exec))|head|tail|pwd|wc|sed -n|tree|which|stat"
                    + "|file|du|echo|nl|git (?:status|log|diff|show|branch$))\\b[^>;&]*$");

    private static final int MOST_FILES = 20_000;
    private static final Duration LONGEST_LOOK = Duration.ofMillis(200);

    /** A file system's clock is a little behind. */
    private static final Duration CLOCK_STEP = Duration.ofMillis(10);

    private final Set<String> changed = new LinkedHashSet<>();
    private final Instant start = Instant.now().minus(CLOCK_STEP);
    private boolean other;

    void note(Part.ToolCall call, ToolResult result) {
        if (result instanceof ToolResult.Refused) {
            return;
        }
        changed.addAll(result.effectsOrNone().changed());
        String command = call.arguments().optionalText("command").orElse("");
        boolean edits = call.tool().equals("edit") || call.tool().equals("write"); // these say what they changed
        boolean looks = LOOKING_TOOLS.contains(call.tool())
                || LOOKING_COMMAND.matcher(command).find()
                || TestCommand.in(command).isPresent();
        other |= !edits && !looks;
        changed.addAll(named(command));
    }

    /** Files that a command names as the target of a redirection. */
    private static List<String> named(String command) {
        return Pattern.compile("(?<![0-9&>])>>?\\s*[\"']?([\\w./-]+\\.\\w+)")
                .matcher(command)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** Files that were changed, relative to the workspace; of what commands changed as much as a short look finds. */
    Set<String> changed(Workspace workspace) {
        if (other) {
            WorkspaceWalk.visit(workspace.root(), MOST_FILES, LONGEST_LOOK, (file, attributes) -> {
                if (attributes.lastModifiedTime().toInstant().isAfter(start)) {
                    changed.add(workspace.show(file));
                }
            });
        }
        return changed;
    }

    /** Whether it cannot be ruled out that something was changed. */
    boolean mayHaveChanged() {
        return other || !changed.isEmpty();
    }
}
