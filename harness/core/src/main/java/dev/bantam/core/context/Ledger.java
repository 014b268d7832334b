package dev.bantam.core.context;

import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.ToolResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Facts of a session that no compaction may lose: what the person asked for, which files were read and changed, and the
 * output of the last command that failed. Rebuilt from the session's messages after a resume.
 */
public final class Ledger {
    private final List<String> requests = new ArrayList<>();
    private final Set<String> read = new LinkedHashSet<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private final Map<String, String> commands = new HashMap<>();
    private String failedCommand = "";
    private String lastFailure = "";

    public void note(Message message) {
        switch (message) {
            case Message.User user -> {
                if (user.origin() == Message.Origin.USER) {
                    requests.add(user.text());
                }
            }
            case Message.Assistant assistant -> assistant.toolCalls().forEach(this::noteCommand);
            case Message.ToolReply reply -> {
                ToolResult.Effects effects = reply.result().effectsOrNone();
                again(read, effects.read());
                again(changed, effects.changed());
                noteOutcome(reply);
            }
        }
    }

    private void noteCommand(Part.ToolCall call) {
        Optional<String> command = call.arguments().optionalText("command");
        command.ifPresent(line -> commands.put(call.id(), line.strip().replaceAll("\\s+", " ")));
    }

    /** A failure holds until the same command succeeds; that another one does says nothing about it. */
    private void noteOutcome(Message.ToolReply reply) {
        String command = commands.remove(reply.callId());
        if (command == null) {
            return;
        }
        if (reply.result() instanceof ToolResult.Failed failed) {
            failedCommand = command;
            lastFailure = "$ " + command + "\n" + failed.content();
        } else if (command.equals(failedCommand)) {
            lastFailure = "";
        }
    }

    /** Newest last. */
    private static void again(Set<String> paths, List<String> touched) {
        paths.removeAll(touched);
        paths.addAll(touched);
    }

    List<String> requests() {
        return requests;
    }

    Set<String> read() {
        return read;
    }

    Set<String> changed() {
        return changed;
    }

    /** The command and its output; empty once it succeeded. */
    String lastFailure() {
        return lastFailure;
    }
}
