package dev.bantam.ext.planact;

import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.ToolResult;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the calls of a step came to. */
final class StepWatch {
    private static final int SHOWN = 600; // characters, from the end
    private static final Pattern SAID_FAILED = Pattern.compile("(?im)^\\W*step (?:\\d+ )?failed\\b");
    private static final Pattern SAID_DONE = Pattern.compile("(?im)^\\W*step (?:\\d+ )?done\\b");

    private int calls;
    private String lastFailure = ""; // empty when the last call that ran succeeded

    void nextStep() {
        calls = 0;
        lastFailure = "";
    }

    void turnEnded(Hooks.Turn turn) {
        for (Message.ToolReply reply : turn.results()) {
            calls++;
            switch (reply.result()) {
                case ToolResult.Done done -> lastFailure = "";
                case ToolResult.Failed failed -> lastFailure = reply.tool() + ": " + tail(failed.content());
                case ToolResult.Refused refused -> {} // nothing ran
            }
        }
    }

    int calls() {
        return calls;
    }

    /** Why the step that ends with this text has failed; empty when it has not. The model's own word counts most. */
    Optional<String> failure(String text) {
        if (SAID_FAILED.matcher(text).find()) {
            return Optional.of(tail(text));
        }
        return lastFailure.isEmpty() || SAID_DONE.matcher(text).find() ? Optional.empty() : Optional.of(lastFailure);
    }

    private static String tail(String text) {
        String stripped = text.strip();
        return stripped.length() <= SHOWN ? stripped : "… " + stripped.substring(stripped.length() - SHOWN);
    }
}
