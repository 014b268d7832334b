package dev.bantam.core.context;

import dev.bantam.api.Message;
import dev.bantam.api.ToolResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Facts of a session that no compaction may lose: what the person asked for, which files were read and changed, and the
 * last output of a command that failed. Rebuilt from the session's messages after a resume.
 */
public final class Ledger {
    private final List<String> requests = new ArrayList<>();
    private final Set<String> read = new LinkedHashSet<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private String lastFailure = "";

    public void note(Message message) {
        switch (message) {
            case Message.User user -> {
                if (user.origin() == Message.Origin.USER) {
                    requests.add(user.text());
                }
            }
            case Message.Assistant assistant -> {}
            case Message.ToolReply reply -> {
                ToolResult.Effects effects = reply.result().effectsOrNone();
                read.addAll(effects.read());
                changed.addAll(effects.changed());
                noteOutcome(reply);
            }
        }
    }

    private void noteOutcome(Message.ToolReply reply) {
        boolean command = reply.tool().equals("bash");
        if (command) {
            lastFailure = reply.result() instanceof ToolResult.Failed failed ? failed.content() : "";
        }
    }

    List<String> requests() {
        return requests;
    }

    Set<String> read() {
        return read;
    }

    public Set<String> changed() {
        return changed;
    }

    /** Output of the last command, if that failed; empty once one succeeds. */
    String lastFailure() {
        return lastFailure;
    }
}
