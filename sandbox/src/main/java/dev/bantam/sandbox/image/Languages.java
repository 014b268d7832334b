package dev.bantam.sandbox.image;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Looks at the names of a workspace's files, near its root, to tell what it is written in. */
public final class Languages {
    private static final int DEPTH = 6;
    private static final int MOST_FILES = 5_000;
    private static final Set<String> PASSED_OVER =
            Set.of("node_modules", "target", "build", "dist", "out", "vendor", "__pycache__", "venv");

    private Languages() {}

    /** Of this folder; follows no link. */
    public static Set<Language> of(Path workspace) throws IOException {
        Set<Language> found = EnumSet.noneOf(Language.class);
        FileVisitor<Path> look = new SimpleFileVisitor<>() {
            private int seen;

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name =
                        folder.equals(workspace) ? "" : folder.getFileName().toString();
                return name.startsWith(".") || PASSED_OVER.contains(name)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
                for (Language language : Language.values()) {
                    if (attributes.isRegularFile() && language.shownBy(name)) {
                        found.add(language);
                    }
                }
                return ++seen < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException fault) {
                return FileVisitResult.CONTINUE; // what cannot be looked at tells nothing
            }
        };
        Files.walkFileTree(workspace, Set.of(), DEPTH, look);
        return found;
    }
}
