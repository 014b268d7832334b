package dev.bantam.ext.evidence;

import dev.bantam.api.Workspace;
import dev.bantam.api.Workspace.OutsideWorkspaceException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a source can be what it says. Only {@code FILE:LINE} can be looked at; commands and URLs are believed. */
final class SourceCheck {
    private static final Pattern FILE_LINE = Pattern.compile("([^\\s:][^:]*):(\\d{1,9})(?:-(\\d{1,9}))?");
    private static final int LARGEST_BYTES = 16 << 20;

    private final Workspace workspace;

    SourceCheck(Workspace workspace) {
        this.workspace = workspace;
    }

    /** What is wrong with a source, in a sentence; empty for a good one. */
    Optional<String> fault(String source) throws IOException {
        Matcher matcher = FILE_LINE.matcher(source);
        return matcher.matches() && !source.contains(" ")
                ? fault(
                        matcher.group(1),
                        Integer.parseInt(Optional.ofNullable(matcher.group(3)).orElse(matcher.group(2))))
                : Optional.empty();
    }

    private Optional<String> fault(String name, int line) throws IOException {
        try {
            Path file = workspace.resolve(name);
            if (!Files.isRegularFile(file)) {
                return Optional.of("There is no file " + name + ".");
            }
            int lines = Files.size(file) > LARGEST_BYTES ? Integer.MAX_VALUE : lines(file);
            return line >= 1 && line <= lines
                    ? Optional.empty()
                    : Optional.of(name + " has no line " + line + ": it has " + lines + ".");
        } catch (OutsideWorkspaceException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static int lines(Path file) throws IOException {
        int breaks = 0;
        int last = '\n';
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                breaks += b == '\n' ? 1 : 0;
                last = b;
            }
        }
        return last == '\n' ? breaks : breaks + 1;
    }
}
