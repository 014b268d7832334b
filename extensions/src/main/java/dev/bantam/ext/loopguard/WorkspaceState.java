package dev.bantam.ext.loopguard;

import dev.bantam.api.Workspace;
import dev.bantam.api.Workspace.OutsideWorkspaceException;
import dev.bantam.ext.files.WorkspaceWalk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Whether the files of a workspace are as they were before. A file that is written again with the same content counts as
 * unchanged, from the second time on: its content is only read once it was touched.
 */
final class WorkspaceState {
    private static final int MOST_FILES = 20_000;
    private static final Duration LONGEST_LOOK = Duration.ofMillis(200);
    private static final long LARGEST_READ = 1 << 20; // bytes
    private static final int MOST_RESULTS = 200; // files
    private static final int RESULT_LEVELS = 2;

    private final Workspace workspace;
    private final Map<Path, Known> files = new HashMap<>();
    private final Map<Path, Known> results = new HashMap<>(); // of builds; only some
    private boolean tooLarge;

    WorkspaceState(Workspace workspace) {
        this.workspace = workspace;
    }

    /** @param stamp size and time of the last change; cheap to compare */
    private record Known(String stamp, String content) {}

    /** Whether a workspace is too large to see what a command changed in it. */
    boolean tooLarge() {
        return tooLarge;
    }

    /** Looks at all files. A workspace that takes too long is not looked at again. */
    void look() {
        if (tooLarge) {
            return;
        }
        Set<Path> seen = new HashSet<>();
        List<Path> folders = new ArrayList<>();
        tooLarge = !WorkspaceWalk.visit(workspace.root(), MOST_FILES, LONGEST_LOOK, new WorkspaceWalk.Visitor() {
            @Override
            public void file(Path file, BasicFileAttributes attributes) {
                seen.add(file);
                note(files, file, attributes);
            }

            @Override
            public void results(Path folder) {
                folders.add(folder);
            }
        });
        if (!tooLarge) {
            files.keySet().retainAll(seen);
        }
        results.keySet().retainAll(lookAtResults(folders));
    }

    private Set<Path> lookAtResults(List<Path> folders) {
        Set<Path> seen = new HashSet<>();
        for (Path folder : folders) {
            try (Stream<Path> below =
                    Files.find(folder, RESULT_LEVELS, (file, attributes) -> attributes.isRegularFile())) {
                for (Path file : (Iterable<Path>) below.limit(MOST_RESULTS - seen.size())::iterator) {
                    seen.add(file);
                    note(results, file, Files.readAttributes(file, BasicFileAttributes.class));
                }
            } catch (IOException | UncheckedIOException e) {
                results.keySet().removeIf(file -> file.startsWith(folder)); // it was deleted meanwhile
            }
        }
        return seen;
    }

    /** A tool says that it changed a file. */
    void changed(String shown) {
        try {
            Path file = workspace.resolve(shown);
            files.computeIfAbsent(file, absent -> new Known("", ""));
            note(files, file, Files.readAttributes(file, BasicFileAttributes.class));
        } catch (IOException | OutsideWorkspaceException e) {
            files.values().removeIf(known -> known.stamp().isEmpty());
            files.keySet().removeIf(path -> !Files.exists(path));
        }
    }

    /** Equal as long as the files are as they were. */
    int print() {
        return print(files);
    }

    /** Equal as long as what builds made is as it was, as far as that was looked at. */
    int printOfResults() {
        return print(results);
    }

    private static int print(Map<Path, Known> known) {
        Map<Path, String> contents = new HashMap<>();
        known.forEach((path, each) -> contents.put(path, each.content()));
        return contents.hashCode();
    }

    private static void note(Map<Path, Known> files, Path file, BasicFileAttributes attributes) {
        String stamp = attributes.size() + "/" + attributes.lastModifiedTime();
        Known known = files.get(file);
        if (known == null) {
            files.put(file, new Known(stamp, stamp));
        } else if (!known.stamp().equals(stamp)) {
            files.put(file, new Known(stamp, attributes.size() > LARGEST_READ ? stamp : digest(file, stamp)));
        }
    }

    private static String digest(Path file, String otherwise) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            CRC32C sum = new CRC32C();
            sum.update(bytes);
            return bytes.length + ":" + sum.getValue();
        } catch (IOException e) {
            return otherwise;
        }
    }
}
