package dev.bantam.tools;

import dev.bantam.api.EditDistance;
import dev.bantam.api.Workspace;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;

/** Finds the file that was probably meant when a name does not exist. */
final class SimilarPaths {
    private static final int MAX_FILES = 20_000;

    private SimilarPaths() {}

    /** {@code X does not exist. Did you mean src/a.py?} */
    static String missing(Workspace workspace, Path path) {
        String text = Shown.inOneLine(workspace.show(path)) + " does not exist.";
        Path best = null;
        int bestDistance = Integer.MAX_VALUE;
        int seen = 0;
        for (Path file : new Tree(workspace.root(), workspace.root())) {
            if (++seen > MAX_FILES) {
                break;
            }
            int distance = distance(workspace, path, file);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = file;
            }
        }
        if (best != null) {
            return text + " Did you mean " + Shown.inOneLine(workspace.show(best)) + "?";
        }
        Path folder = path.getParent();
        while (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            folder = folder.getParent();
        }
        return text + " Use ls or glob to see what is there, such as ls " + Shown.inOneLine(workspace.show(folder))
                + ".";
    }

    /** First the names of the files, then those of the folders; {@code MAX_VALUE} when the names have little in common. */
    private static int distance(Workspace workspace, Path wanted, Path file) {
        String wantedName = lower(wanted.getFileName());
        String name = lower(file.getFileName());
        int allowed = stem(wantedName).equals(stem(name)) ? 20 : Math.max(1, wantedName.length() / 3);
        if (Math.abs(wantedName.length() - name.length()) > allowed) {
            return Integer.MAX_VALUE;
        }
        int names = EditDistance.between(wantedName, name);
        if (names > allowed) {
            return Integer.MAX_VALUE;
        }
        return names * 1000
                + Math.min(
                        999,
                        EditDistance.between(
                                lower(workspace.root().relativize(wanted)),
                                lower(workspace.root().relativize(file))));
    }

    private static String lower(Path path) {
        return path.toString().toLowerCase(Locale.ROOT);
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
