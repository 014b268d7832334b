package dev.bantam.ext.checkpoint;

import dev.bantam.ext.checkpoint.TurnChanges.Change;
import dev.bantam.ext.files.IgnoredFiles;
import dev.bantam.ext.files.WorkspaceWalk;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what a command changed: looks at all files that git does not ignore before it and after it, within limits of time
 * and number. Contents are held in memory, the latest changed first, so that of a file that was changed there is the content
 * before; nothing is written for files that stay as they are.
 */
final class Scan {
    private static final int MOST_FILES = 20_000;
    private static final long MOST_BYTES = 24L << 20;
    private static final long MOST_FILE_BYTES = 1L << 20;
    private static final Duration WALK_LIMIT = Duration.ofMillis(100);
    private static final long READ_LIMIT_NANOS = Duration.ofMillis(60).toNanos();

    private final Path root;
    private final WorkspaceFiles files;
    private final BlobStore store;
    private Map<String, Seen> seen = new HashMap<>();
    private long held;
    private boolean complete;

    /** @param content null where it is not held */
    private record Seen(FileTime changed, long size, Optional<String> mode, byte[] content) {
        boolean isAsBefore(BasicFileAttributes now) {
            return now.size() == size && now.lastModifiedTime().equals(changed);
        }
    }

    Scan(Path root, WorkspaceFiles files, BlobStore store) {
        this.root = root;
        this.files = files;
        this.store = store;
    }

    /** Before a command. */
    void look() {
        Map<String, Seen> now = new HashMap<>();
        List<Map.Entry<String, BasicFileAttributes>> fresh = new ArrayList<>();
        complete = walk((name, attributes) -> {
            Seen before = seen.get(name);
            if (before != null && before.isAsBefore(attributes)) {
                now.put(name, before);
            } else {
                fresh.add(Map.entry(name, attributes));
            }
        });
        seen = now;
        held = now.values().stream()
                .mapToLong(each -> each.content == null ? 0 : each.content.length)
                .sum();
        fresh.sort(Comparator.comparing((Map.Entry<String, BasicFileAttributes> each) ->
                        each.getValue().lastModifiedTime())
                .reversed());
        long deadline = System.nanoTime() + READ_LIMIT_NANOS;
        for (Map.Entry<String, BasicFileAttributes> each : fresh) {
            hold(each.getKey(), each.getValue(), deadline);
        }
    }

    private void hold(String name, BasicFileAttributes attributes, long deadline) {
        byte[] content = null;
        Optional<String> mode = Optional.empty();
        long size = attributes.size();
        if (size <= MOST_FILE_BYTES && held + size <= MOST_BYTES && System.nanoTime() < deadline) {
            try {
                content = WorkspaceFiles.content(root.resolve(name));
                mode = WorkspaceFiles.mode(root.resolve(name));
                held += content.length;
            } catch (IOException e) {
                // it cannot be read, or is gone
            }
        }
        seen.put(name, new Seen(attributes.lastModifiedTime(), size, mode, content));
    }

    /** After the command: what it changed, by name. Contents of before are kept. */
    Map<String, Change> changes() throws IOException {
        Map<String, BasicFileAttributes> now = new LinkedHashMap<>();
        boolean all = walk(now::put);
        Map<String, Change> changes = new LinkedHashMap<>();
        for (Map.Entry<String, BasicFileAttributes> each : now.entrySet()) {
            Seen before = seen.get(each.getKey());
            if (before == null && complete) {
                changes.put(each.getKey(), new Change(FileState.ABSENT, files.look(each.getKey())));
            } else if (before != null && !before.isAsBefore(each.getValue())) {
                add(changes, each.getKey(), before);
            }
        }
        for (Map.Entry<String, Seen> before : all ? seen.entrySet() : Set.<Map.Entry<String, Seen>>of()) {
            if (!now.containsKey(before.getKey())) {
                add(changes, before.getKey(), before.getValue());
            }
        }
        return changes;
    }

    private void add(Map<String, Change> changes, String name, Seen before) throws IOException {
        FileState now = files.look(name);
        if (before.content == null) {
            changes.put(name, new Change(FileState.LOST, now));
            return;
        }
        FileState was = WorkspaceFiles.regular(BlobStore.id(before.content), before.mode);
        if (!was.equals(now)) {
            store.put(before.content);
            changes.put(name, new Change(was, now));
        }
    }

    private interface Visitor {
        void visit(String name, BasicFileAttributes attributes);
    }

    private boolean walk(Visitor visitor) {
        IgnoredFiles ignored = new IgnoredFiles(root);
        return WorkspaceWalk.visit(root, MOST_FILES, WALK_LIMIT, new WorkspaceWalk.Visitor() {
            @Override
            public void file(Path file, BasicFileAttributes attributes) {
                visitor.visit(WorkspaceWalk.name(root, file), attributes);
            }

            @Override
            public boolean skips(Path path, boolean folder) {
                return ignored.isIgnored(path, folder);
            }
        });
    }
}
