package dev.bantam.ext.loopguard;

import dev.bantam.api.Part;
import dev.bantam.api.ToolResult;
import dev.bantam.api.Workspace;
import dev.bantam.ext.text.JsonText;

/**
 * A call and what came of it.
 *
 * @param key equal for calls that come to the same
 * @param result what it gave when it was run last, should it be held back now
 * @param outcome equal for acts that did the same and got the same
 * @param known whether there is such a tool
 * @param held whether this extension refused it
 */
record Act(Part.ToolCall call, String key, ToolResult result, String outcome, boolean known, boolean held) {
    private static final int SHOWN_CALL = 300;
    private static final int SHOWN_RESULT = 200;

    static Act of(Part.ToolCall call, ToolResult result, Workspace workspace, boolean known) {
        String key = CallKey.of(call, workspace);
        return new Act(call, key, result, key + " " + ResultKey.of(result), known, false);
    }

    /** The same, when it was not run again. */
    Act heldBack() {
        return new Act(call, key, result, outcome, known, true);
    }

    boolean done() {
        return switch (result) {
            case ToolResult.Done done -> true;
            case ToolResult.Refused refused -> false;
            case ToolResult.Failed failed -> false;
        };
    }

    /** Equal for failures of the same kind. */
    String failure() {
        return ResultKey.failure(call.tool(), result, isCommand());
    }

    /** Whether it may change files without saying which. */
    boolean isCommand() {
        return switch (call.tool()) {
            case "read", "grep", "glob", "ls", "edit", "write" -> false;
            default -> known;
        };
    }

    Patience patience() {
        return Patience.with(call);
    }

    String shownCall() {
        return clipped(call.tool() + " " + JsonText.of(call.arguments().values()), SHOWN_CALL);
    }

    String shownResult() {
        String text = result.content().strip();
        return text.isEmpty() ? "(nothing)" : clipped(text, SHOWN_RESULT);
    }

    private static String clipped(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + " …";
    }
}
