package dev.bantam.tools;

import dev.bantam.api.ToolResult;
import dev.bantam.api.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What a path names, seen without following links. */
sealed interface Target {
    /** A regular file; {@code name} is its last step. */
    record File(String name, BasicFileAttributes attributes) implements Target {}

    record Directory() implements Target {}

    /** A pipe, a socket or a device: reading it might never end. */
    record Special() implements Target {}

    /** @param text says so, with the name that was probably meant */
    record Missing(String text) implements Target {}

    static Target of(Workspace workspace, Path path) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return new Missing(SimilarPaths.missing(workspace, path));
        }
        if (attributes.isDirectory()) {
            return new Directory();
        }
        return attributes.isRegularFile() ? new File(path.getFileName().toString(), attributes) : new Special();
    }

    /** What a tool that needs a file says of anything else. */
    default ToolResult toResult(PathTool tool, String shown) {
        return switch (this) {
            case File file -> throw new IllegalStateException(shown + " is a file");
            case Directory directory -> tool.failed(shown + " is a folder. Use ls to list it.");
            case Special special -> tool.refused(shown + " is a pipe, a socket or a device, not a regular file.");
            case Missing missing -> tool.failed(missing.text);
        };
    }
}
