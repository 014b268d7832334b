package dev.bantam.model.discovery;

import dev.bantam.engine.gguf.SplitName;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Looks for {@code .gguf} files. The walk is bounded in depth and in entries; a split model counts once. */
final class ModelFolders {
    private static final int DEEPEST = 8; // the Hugging Face cache: models--X/snapshots/HASH/folder/file
    private static final int MOST_ENTRIES = 50_000;

    private final List<Path> folders;
    private int entries;

    ModelFolders(List<Path> folders) {
        this.folders = folders;
    }

    static List<Path> usual(Function<String, Optional<String>> environment) {
        Path home = Path.of(set(environment, "HOME").orElse(System.getProperty("user.home")));
        Path cache = set(environment, "XDG_CACHE_HOME").map(Path::of).orElse(home.resolve(".cache"));
        Path data = set(environment, "XDG_DATA_HOME").map(Path::of).orElse(home.resolve(".local/share"));
        Set<Path> folders = new LinkedHashSet<>();
        folders.add(data.resolve("bantam/models"));
        folders.add(home.resolve("models"));
        folders.add(home.resolve(".lmstudio/models"));
        folders.add(cache.resolve("lm-studio/models"));
        folders.add(set(environment, "LLAMA_CACHE").map(Path::of).orElse(cache.resolve("llama.cpp")));
        folders.add(set(environment, "HF_HUB_CACHE")
                .or(() -> set(environment, "HF_HOME").map(path -> path + "/hub"))
                .map(Path::of)
                .orElse(cache.resolve("huggingface/hub")));
        return List.copyOf(folders);
    }

    private static Optional<String> set(Function<String, Optional<String>> environment, String name) {
        return environment.apply(name).filter(value -> !value.isBlank());
    }

    List<Found> find() {
        Map<Path, Long> sizes = new TreeMap<>();
        Set<Path> seen = new HashSet<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                walk(folder, sizes, seen);
            }
        }
        List<Found> found = new ArrayList<>();
        sizes.forEach((file, bytes) -> found.add(new Found(
                file.toString(),
                Found.Kind.FILE,
                file.getFileName() + " in " + file.getParent(),
                OptionalInt.empty(),
                OptionalLong.of(bytes))));
        return found;
    }

    private void walk(Path folder, Map<Path, Long> sizes, Set<Path> seen) {
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    String name = file.getFileName().toString();
                    if (attributes.isRegularFile() && isModel(name) && seen.add(file.toRealPath())) {
                        sizes.merge(firstOfSplit(file, name), attributes.size(), Long::sum);
                    }
                    return ++entries < MOST_ENTRIES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // a folder that cannot be read has no models for this user
        }
    }

    /** Projectors of pictures and the matrices of quantisation are no models. */
    private static boolean isModel(String name) {
        String plain = name.toLowerCase(java.util.Locale.ROOT);
        return plain.endsWith(".gguf") && !plain.startsWith("mmproj") && !plain.contains("imatrix");
    }

    private static Path firstOfSplit(Path file, String name) {
        return SplitName.of(name)
                .map(split -> file.resolveSibling(split.part(1)))
                .orElse(file);
    }
}
