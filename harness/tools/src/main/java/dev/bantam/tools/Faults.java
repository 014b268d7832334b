package dev.bantam.tools;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What the file system says, as a sentence about the file that the model named. */
final class Faults {
    private Faults() {}

    static String inWords(String name, IOException fault) {
        return switch (fault) {
            case NoSuchFileException missing -> name + " does not exist.";
            case AccessDeniedException denied -> name + " may not be accessed: permission denied.";
            case NotDirectoryException file -> "a folder on the way to " + name + " is a file or a link.";
            case FileSystemException other when other.getReason() != null -> name + ": " + reason(other.getReason());
            default -> name + ": " + reason(String.valueOf(fault.getMessage()));
        };
    }

    private static String reason(String reason) {
        return switch (reason) {
            case "No space left on device" -> "the disk is full. Free some space first.";
            case "File name too long" -> "the name is too long. Choose a shorter one.";
            case "Read-only file system" -> "the file system is read-only.";
            case "Not a directory" -> "a folder on the way to it is a file.";
            case "Too many levels of symbolic links",
                    "Too many levels of symbolic links or unable to access attributes of symbolic link" ->
                "it became a link while it was being opened.";
            default -> reason + ".";
        };
    }
}
