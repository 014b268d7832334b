package dev.bantam.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folders in the system's temporary one through which commands are handed to enclosures. Each is named for the
 * process that made it; those of processes that were killed are removed by the next.
 */
final class ControlFolders {
    private static final String PREFIX = "bantam-sandbox-";

    private ControlFolders() {}

    static Path create() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path folder : folders) {
                if (isOrphan(folder.getFileName().toString())) {
                    remove(folder);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return Files.createTempDirectory(
                temporary, PREFIX + ProcessHandle.current().pid() + "-");
    }

    private static boolean isOrphan(String name) {
        String[] parts = name.substring(PREFIX.length()).split("-");
        return parts[0].matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(parts[0])).isEmpty();
    }

    /** Those of other users stay: they cannot be removed. */
    static void remove(Path folder) {
        File[] files = folder.toFile().listFiles(); // flat, and commands cannot write into it
        for (File file : files == null ? new File[0] : files) {
            file.delete();
        }
        folder.toFile().delete();
    }
}
