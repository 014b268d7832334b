package dev.bantam.ext.rules;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks through the workspace's sources for names that are like a new one. Bounded in files, bytes and time. */
final class CodeBase {
    private static final int MOST_FILES = 4_000;
    private static final long MAX_BYTES = 256 << 10;
    private static final long MAX_NANOS = 400_000_000;
    private static final int MOST_FOUND = 5;
    private static final Set<String> SKIPPED =
            Set.of("node_modules", "target", "build", "dist", "out", "vendor", "venv", "__pycache__", "bin", "obj");
    private static final String SOURCES =
            ".*\\.(py|js|jsx|ts|tsx|mjs|cjs|java|kt|kts|scala|go|rs|c|h|cc|cpp|hpp|cs|rb|php|swift|lua|dart|pl|jl|groovy)";

    private final Path root;

    CodeBase(Path root) {
        this.root = root;
    }

    /** Where names like this one are defined, as {@code name in path:line}; those in the given file left out. */
    List<String> like(String name, String exceptIn) {
        List<String> found = new ArrayList<>();
        long end = System.nanoTime() + MAX_NANOS;
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                private int files;

                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    String last = folder.getFileName() == null
                            ? ""
                            : folder.getFileName().toString();
                    boolean skipped = !folder.equals(root) && (last.startsWith(".") || SKIPPED.contains(last));
                    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    String shown = root.relativize(file).toString().replace('\\', '/');
                    if (attributes.isRegularFile()
                            && attributes.size() <= MAX_BYTES
                            && shown.matches(SOURCES)
                            && !shown.equals(exceptIn)) {
                        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                        Symbols.in(text).stream()
                                .filter(symbol -> Symbols.alike(symbol.name(), name))
                                .forEach(symbol -> found.add(symbol.name() + " in " + shown + ":" + symbol.line()));
                    }
                    boolean enough = ++files > MOST_FILES || found.size() >= MOST_FOUND || System.nanoTime() > end;
                    return enough ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return found.stream().limit(MOST_FOUND).toList(); // what was found until then is true all the same
        }
        return found.stream().limit(MOST_FOUND).toList();
    }
}
