package dev.bantam.ext.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.ignore.IgnoreNode;

/** What {@code .gitignore} files of a workspace name. No repository is opened. For one walk. */
public final class IgnoredFiles {
    private static final long MOST_BYTES = 1 << 20;
    private static final IgnoreNode NONE = new IgnoreNode();

    private final Path root;
    private final Map<Path, IgnoreNode> rules = new HashMap<>();

    public IgnoredFiles(Path root) {
        this.root = root;
    }

    /** Whether a file or folder is left out; to be asked of folders before what lies in them. */
    public boolean isIgnored(Path path, boolean folder) {
        for (Path at = path.getParent(); at != null && at.startsWith(root); at = at.getParent()) {
            IgnoreNode node = rules.computeIfAbsent(at, IgnoredFiles::read);
            if (node != NONE) {
                String name = at.relativize(path).toString().replace('\\', '/');
                switch (node.isIgnored(name, folder)) {
                    case IGNORED -> {
                        return true;
                    }
                    case NOT_IGNORED -> {
                        return false;
                    }
                    case CHECK_PARENT, CHECK_PARENT_NEGATE_FIRST_MATCH -> {}
                }
            }
        }
        return false;
    }

    private static IgnoreNode read(Path folder) {
        Path file = folder.resolve(".gitignore");
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MOST_BYTES) {
                return NONE;
            }
            IgnoreNode node = new IgnoreNode();
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                node.parse(in);
            }
            return node;
        } catch (IOException e) {
            return NONE;
        }
    }
}
