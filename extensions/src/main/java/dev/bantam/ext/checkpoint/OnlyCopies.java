package dev.bantam.ext.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Finds files that a command may delete or overwrite, and that are too large to be kept before it does. */
final class OnlyCopies {
    /** Programs that delete or overwrite what they are given, and redirections. */
    private static final Pattern DESTROYS = Pattern.compile(
            "(?:^|[\\s;&|(/])(?:rm|unlink|shred|mv|cp|truncate|dd|tee|ln|install|rsync|sed|find|git|unzip|tar)\\s|>");

    private final Path root;
    private final long mostBytes;

    OnlyCopies(Path root, long mostBytes) {
        this.root = root;
        this.mostBytes = mostBytes;
    }

    List<String> atRisk(String command) {
        if (!DESTROYS.matcher(command).find()) {
            return List.of();
        }
        return NamedFiles.in(command, root).stream().filter(this::isTooLarge).toList();
    }

    private boolean isTooLarge(String name) {
        Path file = root.resolve(name);
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) > mostBytes;
        } catch (IOException e) {
            return false; // it is gone
        }
    }
}
