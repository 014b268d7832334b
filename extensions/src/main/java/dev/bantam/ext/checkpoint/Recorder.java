package dev.bantam.ext.checkpoint;

import dev.bantam.api.Arguments;
import dev.bantam.api.Part;
import dev.bantam.api.Workspace;
import dev.bantam.api.Workspace.OutsideWorkspaceException;
import dev.bantam.ext.checkpoint.TurnChanges.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds what a call may change before it runs, and tells afterwards what it changed. One call at a time. */
final class Recorder {
    private final Workspace workspace;
    private final WorkspaceFiles files;
    private final Scan scan;
    private final Map<String, FileState> before = new LinkedHashMap<>();
    private final long mostBytes;
    private List<String> atRisk = List.of();
    private boolean scanned;

    /** @param mostBytes of files that are kept for one call */
    Recorder(Workspace workspace, WorkspaceFiles files, Scan scan, long mostBytes) {
        this.mostBytes = mostBytes;
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

    /**
     * Keeps what a call may change.
     *
     * @param changing whether the call's tool changes the file at its {@code path}
     * @return what it may delete or overwrite although it could not be kept; shown to people and to the model
     */
    List<String> before(Part.ToolCall call, boolean changing) throws IOException {
        before.clear();
        atRisk = List.of();
        scanned = false;
        Optional<String> command = command(call);
        if (command.isEmpty()) {
            Optional<String> name = changing ? name(call) : Optional.empty();
            if (name.isPresent()) {
                before.put(name.get(), files.keep(name.get()));
            }
            return List.of();
        }
        NamedFiles.Found found = NamedFiles.find(command.get(), workspace.root());
        scan.look();
        scanned = true;
        List<String> unkept = new ArrayList<>();
        List<String> missed = keep(found.names());
        atRisk = before.keySet().stream()
                .filter(found.atRisk()::contains)
                .filter(name -> before.get(name) instanceof FileState.Regular)
                .map(Listing::shown)
                .toList();
        for (String name : missed) {
            if (found.atRisk().contains(name)) {
                unkept.add(Listing.shown(name));
            }
        }
        if (!found.complete()) {
            unkept.add("some of the files that it names, which are too many");
        }
        return unkept;
    }

    private List<String> keep(Set<String> names) {
        List<String> unkept = new ArrayList<>();
        long bytes = 0;
        for (String name : names) {
            try {
                Path file = workspace.root().resolve(name);
                bytes += Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
                FileState state = bytes > mostBytes ? files.look(name) : files.keep(name);
                before.put(name, state);
                if (state instanceof FileState.Lost || bytes > mostBytes && state instanceof FileState.Regular) {
                    unkept.add(name);
                }
            } catch (IOException e) {
                unkept.add(name);
            }
        }
        return unkept;
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

    /** Files that the command may delete or overwrite, shown. */
    List<String> atRisk() {
        return atRisk;
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
