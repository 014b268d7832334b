package dev.bantam.ext.checkpoint;

import dev.bantam.api.Arguments;
import dev.bantam.api.Part;
import dev.bantam.api.Workspace;
import dev.bantam.api.Workspace.OutsideWorkspaceException;
import dev.bantam.ext.checkpoint.TurnChanges.Change;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds what a call may change before it runs, and tells afterwards what it changed. One call at a time. */
final class Recorder {
    private final Workspace workspace;
    private final WorkspaceFiles files;
    private final Scan scan;
    private final Map<String, FileState> before = new LinkedHashMap<>();
    private boolean scanned;

    Recorder(Workspace workspace, WorkspaceFiles files, Scan scan) {
        this.workspace = workspace;
        this.files = files;
        this.scan = scan;
    }

    /** The command that a call runs, with any tool. */
    static Optional<String> command(Part.ToolCall call) {
        Arguments arguments = call.arguments();
        return arguments
                .optionalText("command")
                .or(() -> arguments.optionalText("input"))
                .filter(text -> !text.isBlank());
    }

    /** @param changing whether the call's tool changes the file at its {@code path} */
    void before(Part.ToolCall call, boolean changing) throws IOException {
        before.clear();
        scanned = false;
        Set<String> names = new LinkedHashSet<>();
        Optional<String> command = command(call);
        if (command.isPresent()) {
            names.addAll(NamedFiles.in(command.get(), workspace.root()));
            scan.look();
            scanned = true;
        } else if (changing) {
            name(call).ifPresent(names::add);
        }
        for (String name : names) {
            before.put(name, files.keep(name));
        }
    }

    private Optional<String> name(Part.ToolCall call) throws IOException {
        try {
            Optional<String> path = call.arguments().optionalText("path");
            return path.isEmpty() ? path : Optional.of(workspace.show(workspace.resolve(path.get())));
        } catch (OutsideWorkspaceException e) {
            return Optional.empty(); // the tool refuses it
        }
    }

    /** What is at the files that the call names. */
    Map<String, FileState> named() {
        return before;
    }

    /** What has changed since; by name. */
    Map<String, Change> changes() throws IOException {
        Map<String, Change> changes = new LinkedHashMap<>();
        if (scanned) {
            changes.putAll(scan.changes());
        }
        for (Map.Entry<String, FileState> each : before.entrySet()) {
            FileState now = files.look(each.getKey());
            if (!now.equals(each.getValue())) {
                changes.put(each.getKey(), new Change(each.getValue(), now));
            }
        }
        before.clear();
        scanned = false;
        return changes;
    }

    boolean isIdle() {
        return before.isEmpty() && !scanned;
    }
}
