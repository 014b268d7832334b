package dev.bantam.tools;

import dev.bantam.api.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How names, sizes and numbers look in what the model reads. */
final class Shown {
    private static final int LINES_NAMED = 20;

    private Shown() {}

    /** As it is, unless it would break a list of one name a line: then as a JSON string, as the model must send it. */
    static String inOneLine(String name) {
        if (name.chars().noneMatch(Character::isISOControl)) {
            return name;
        }
        return name.chars()
                .mapToObj(c -> Character.isISOControl(c) ? String.format("\\u%04x", c) : Character.toString(c))
                .collect(Collectors.joining("", "\"", "\""));
    }

    /** Where a search was made, in words. */
    static String place(Workspace workspace, Path path) {
        return path.equals(workspace.root()) ? "the workspace" : inOneLine(workspace.show(path));
    }

    /** {@code 12 bytes}, {@code 3 KB}, {@code 1.5 MB}. */
    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes == 1 ? "1 byte" : bytes + " bytes";
        }
        return bytes < 1024 * 1024
                ? bytes / 1024 + " KB"
                : String.format(Locale.ROOT, "%.1f MB", bytes / (1024.0 * 1024.0));
    }

    /** {@code 4,312}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code line 12} or {@code lines 12, 40, 88}; the first twenty. */
    static String lines(List<Integer> lines) {
        String numbers = lines.stream().limit(LINES_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        return (lines.size() == 1 ? "line " : "lines ") + numbers + (lines.size() > LINES_NAMED ? ", …" : "");
    }
}
