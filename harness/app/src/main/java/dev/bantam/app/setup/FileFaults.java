package dev.bantam.app.setup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says what went wrong with a file. The JDK's message is often the path alone. */
public final class FileFaults {
    private FileFaults() {}

    public static String inWords(IOException fault) {
        return switch (fault) {
            case NoSuchFileException e -> e.getFile() + " does not exist. Check the path";
            case AccessDeniedException e -> e.getFile() + ": access is denied. Check who may read and write it";
            case FileAlreadyExistsException e -> e.getFile() + " exists already. Move it away";
            case NotDirectoryException e -> e.getFile() + " is not a folder. Check the path";
            case FileSystemException e when e.getReason() != null -> e.getFile() + ": " + reason(e.getReason());
            case FileSystemException e -> e.getFile() + " cannot be used";
            default -> String.valueOf(fault.getMessage());
        };
    }

    private static String reason(String reason) {
        return switch (reason) {
            case "No space left on device" -> "the disk is full. Make room, then run this again";
            case "Read-only file system" -> "the file system is read-only. Choose another place";
            case "Not a directory" -> "a folder on the way to it is a file. Move that file away";
            default -> reason;
        };
    }
}
