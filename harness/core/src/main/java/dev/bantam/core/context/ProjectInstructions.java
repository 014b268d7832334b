package dev.bantam.core.context;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code AGENTS.md} files (else {@code CLAUDE.md}) from the repository's root down to the workspace, and the user's
 * own in the settings' folder. They are read as text and grant nothing. A link that leads out of the repository, and
 * whatever is no regular file, is left out. In place of one that is too large stands a line that says so.
 */
public final class ProjectInstructions {
    private static final List<String> NAMES = List.of("AGENTS.md", "CLAUDE.md");
    private static final int MAX_BYTES = 256 << 10;

    private ProjectInstructions() {}

    /** @param path as shown to the model */
    public record Instructions(String path, String text) {}

    /**
     * The files, outermost first.
     *
     * @param workspace absolute, links resolved
     * @param userFolder of the user's settings
     */
    public static List<Instructions> find(Path workspace, Path userFolder) throws IOException {
        List<Instructions> found = new ArrayList<>();
        in(userFolder, userFolder).ifPresent(found::add);
        Path root = repositoryRoot(workspace);
        List<Path> folders = new ArrayList<>();
        for (Path folder = workspace; folder != null && folder.startsWith(root); folder = folder.getParent()) {
            folders.addFirst(folder);
        }
        for (Path folder : folders) {
            in(folder, root).ifPresent(found::add);
        }
        return found;
    }

    /** The closest folder upwards that holds {@code .git}; the workspace itself when there is none. */
    static Path repositoryRoot(Path workspace) {
        for (Path folder = workspace; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
                return folder;
            }
        }
        return workspace;
    }

    /** The first name that is there counts, also when its text cannot be taken: the other may say something else. */
    private static Optional<Instructions> in(Path folder, Path boundary) throws IOException {
        for (String name : NAMES) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                Path real = file.toRealPath();
                String text = real.startsWith(boundary.toRealPath()) ? text(name, real) : "";
                return text.isEmpty() ? Optional.empty() : Optional.of(new Instructions(file.toString(), text));
            }
        }
        return Optional.empty();
    }

    private static String text(String name, Path real) throws IOException {
        try (InputStream in = Files.newInputStream(real)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            return bytes.length > MAX_BYTES
                    ? "[" + name + " is larger than " + (MAX_BYTES >> 10) + " KB and was left out]"
                    : new String(bytes, StandardCharsets.UTF_8).strip();
        }
    }
}
