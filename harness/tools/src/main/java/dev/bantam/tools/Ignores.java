package dev.bantam.tools;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.eclipse.jgit.ignore.IgnoreNode;

/**
 * What searches pass over: {@code .git}, and what the {@code .gitignore} and {@code .bantamignore} files of a folder and
 * of those above it say. Inner rules win, and those of {@code .bantamignore} over those beside them.
 */
final class Ignores {
    private static final List<String> FILES = List.of(".bantamignore", ".gitignore");
    private static final int MAX_BYTES = 1 << 20;

    private final Ignores outer; // null at the top
    private final Path folder;
    private final List<IgnoreNode> rules;

    private Ignores(Ignores outer, Path folder, List<IgnoreNode> rules) {
        this.outer = outer;
        this.folder = folder;
        this.rules = rules;
    }

    /** The rules for what lies in a folder of the workspace; those of the repository around the workspace count too. */
    static Ignores in(Path root, Path folder) {
        Deque<Path> downwards = new ArrayDeque<>();
        Path top = repositoryAround(root);
        for (Path at = folder; at != null && at.startsWith(top); at = at.getParent()) {
            downwards.push(at);
        }
        Ignores ignores = new Ignores(null, top, exclusions(top));
        for (Path at : downwards) {
            if (!at.equals(top) && ignores.ignore(at, true)) {
                ignores = new Ignores(null, at, List.of()); // named on purpose: only rules further down count
            }
            ignores = ignores.inside(at);
        }
        return ignores;
    }

    private static Path repositoryAround(Path root) {
        for (Path at = root; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return at;
            }
        }
        return root;
    }

    private static List<IgnoreNode> exclusions(Path top) {
        List<IgnoreNode> rules = new ArrayList<>();
        load(top.resolve(".git/info/exclude"), rules);
        return rules;
    }

    /** These rules and those of a folder further down. */
    Ignores inside(Path inner) {
        List<IgnoreNode> found = new ArrayList<>();
        FILES.forEach(name -> load(inner.resolve(name), found));
        return found.isEmpty() ? this : new Ignores(this, inner, found);
    }

    boolean ignore(Path path, boolean isFolder) {
        if (path.endsWith(".git")) {
            return true;
        }
        for (Ignores level = this; level != null; level = level.outer) {
            String name = level.folder.relativize(path).toString().replace('\\', '/');
            for (IgnoreNode node : level.rules) {
                Boolean verdict = node.checkIgnored(name, isFolder);
                if (verdict != null) {
                    return verdict;
                }
            }
        }
        return false;
    }

    /** A file that is a link, too large or unreadable has no rules, as with git. */
    private static void load(Path file, List<IgnoreNode> rules) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        IgnoreNode node = new IgnoreNode();
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            node.parse(file.toString(), new ByteArrayInputStream(in.readNBytes(MAX_BYTES)));
        } catch (IOException e) {
            return;
        }
        rules.add(node);
    }
}
