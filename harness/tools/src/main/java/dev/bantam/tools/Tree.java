package dev.bantam.tools;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The files below a folder that are not ignored, in the order of their paths. Folders are listed one at a time, when
 * the walk comes to them; links are not followed, and folders that may not be read are passed over.
 */
final class Tree implements Iterable<Path> {
    private final Path root;
    private final Path start;

    /** @param start below the workspace's root; its own being ignored does not count */
    Tree(Path root, Path start) {
        this.root = root;
        this.start = start;
    }

    @Override
    public Iterator<Path> iterator() {
        return new Walk(root, start);
    }

    private record Entry(Path path, boolean isFolder) {}

    private record Level(Ignores ignores, Iterator<Entry> entries) {}

    private static final class Walk implements Iterator<Path> {
        private final Path root;
        private final Deque<Level> levels = new ArrayDeque<>();
        private Path next;

        Walk(Path root, Path start) {
            this.root = root;
            enter(start, Ignores.in(root, start));
            advance();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Path next() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            Path file = next;
            advance();
            return file;
        }

        private void advance() {
            next = null;
            while (next == null && !levels.isEmpty()) {
                Level level = levels.peek();
                if (!level.entries.hasNext()) {
                    levels.pop();
                    continue;
                }
                Entry entry = level.entries.next();
                if (level.ignores.ignore(entry.path, entry.isFolder)) {
                    continue;
                }
                if (entry.isFolder) {
                    enter(entry.path, level.ignores.inside(entry.path));
                } else {
                    next = entry.path;
                }
            }
        }

        private void enter(Path folder, Ignores ignores) {
            levels.push(new Level(ignores, list(folder).iterator()));
        }

        private List<Entry> list(Path folder) {
            List<Entry> entries = new ArrayList<>();
            try (Folder opened = Folder.open(root, folder)) {
                opened.entries().forEach((name, attributes) -> {
                    if (attributes.isDirectory() || attributes.isRegularFile()) {
                        entries.add(new Entry(folder.resolve(name), attributes.isDirectory()));
                    }
                });
            } catch (IOException e) {
                return Collections.emptyList();
            }
            entries.sort(Comparator.comparing(Entry::path));
            return entries;
        }
    }
}
