package dev.bantam.tools;

import dev.bantam.api.Workspace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A folder on this machine.
 *
 * <p>Links are followed one by one, as the operating system would, so {@code link/..} is the parent of the link's
 * target. What is found lies inside at that moment; {@link Folder} then opens it without following any link, so one that
 * is planted in between leads nowhere.
 */
public final class LocalWorkspace implements Workspace {
    /** As many as Linux follows. */
    private static final int MAX_LINKS = 40;

    private final Path root;

    private LocalWorkspace(Path root) {
        this.root = root;
    }

    /** @throws NotDirectoryException when there is no such folder */
    public static LocalWorkspace at(Path folder) throws IOException {
        Path root = folder.toRealPath();
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(folder.toString());
        }
        return new LocalWorkspace(root);
    }

    @Override
    public Path root() {
        return root;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A name that exists is taken as it is. Else white space and quotes around it, which small models add, are
     * dropped. A link to a file that does not exist is refused, since nobody can mean it.
     */
    @Override
    public Path resolve(String name) throws IOException, OutsideWorkspaceException {
        Path asWritten = follow(name);
        String bare = withoutQuotes(name.strip());
        return bare.equals(name) || exists(asWritten) ? asWritten : follow(bare);
    }

    private Path follow(String name) throws IOException, OutsideWorkspaceException {
        Path named = parse(name);
        Path found = walk(named, name);
        if (!found.startsWith(root)) {
            throw new OutsideWorkspaceException(name + " is outside the workspace " + root + "." + hint(named));
        }
        return found;
    }

    private Path parse(String name) throws OutsideWorkspaceException {
        if (name.isBlank()) {
            throw new OutsideWorkspaceException("The path is empty. Give one relative to the workspace, or . for it.");
        }
        try {
            if (name.startsWith("file:")) {
                return root.resolve(Path.of(new URI(name.replace(" ", "%20")).getPath()));
            }
            if (name.equals("~") || name.startsWith("~/")) {
                return home().resolve(name.substring(Math.min(name.length(), 2)));
            }
            return root.resolve(name);
        } catch (InvalidPathException | java.net.URISyntaxException | NullPointerException e) {
            throw new OutsideWorkspaceException(
                    Shown.inOneLine(name) + " is not a path. Give one relative to the workspace, such as src/main.py.");
        }
    }

    private static Path home() {
        String home = System.getenv("HOME");
        return Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home);
    }

    private Path walk(Path named, String name) throws IOException, OutsideWorkspaceException {
        Deque<Path> left = new ArrayDeque<>();
        named.forEach(left::add);
        Path at = named.getRoot();
        int links = 0;
        while (!left.isEmpty()) {
            String step = left.poll().toString();
            if (step.isEmpty() || step.equals(".")) {
                continue;
            }
            if (step.equals("..")) {
                at = at.getParent() == null ? at : at.getParent();
                continue;
            }
            Path next = at.resolve(step);
            if (!Files.isSymbolicLink(next)) {
                at = next;
                continue;
            }
            Path target = Files.readSymbolicLink(next);
            if (++links > MAX_LINKS) {
                throw new OutsideWorkspaceException(name + " is a link that leads in a circle.");
            }
            if (target.isAbsolute()) {
                at = target.getRoot();
            }
            for (int i = target.getNameCount() - 1; i >= 0; i--) {
                left.push(target.getName(i));
            }
        }
        if (links > 0 && at.startsWith(root) && !exists(at)) {
            refuseDanglingLink(named, at, name);
        }
        return at;
    }

    /** Only the last step: {@code linked-folder/new.txt} names a file that may be made. */
    private void refuseDanglingLink(Path named, Path target, String name) throws OutsideWorkspaceException {
        if (Files.isSymbolicLink(named)) {
            throw new OutsideWorkspaceException(
                    name + " is a link to " + show(target) + ", which does not exist. Use that path instead.");
        }
    }

    /** {@code /src/a.py} is often meant from the workspace's root. */
    private String hint(Path named) {
        if (named.getNameCount() > 0 && !named.startsWith(root)) {
            Path inside = root.resolve(named.getRoot().relativize(named)).normalize();
            if (inside.startsWith(root) && exists(inside)) {
                return " Did you mean " + show(inside) + "?";
            }
        }
        return " Use a path inside it.";
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static String withoutQuotes(String name) {
        boolean quoted = name.length() > 2
                && "\"'`".indexOf(name.charAt(0)) >= 0
                && name.charAt(0) == name.charAt(name.length() - 1);
        return quoted ? name.substring(1, name.length() - 1) : name;
    }
}
