package dev.bantam.ext.readbeforeedit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** The content in which each file was seen last, by hash. Kept in the session's folder: a line each, appended. */
final class SeenFiles {
    private final Map<String, String> hashes = new HashMap<>();
    private final Path log;

    SeenFiles(Path folder) {
        this.log = folder.resolve("seen.txt");
        if (Files.isRegularFile(log)) {
            try {
                for (String line : Files.readAllLines(log)) {
                    int blank = line.indexOf(' ');
                    if (blank > 0) { // the last line may be torn
                        hashes.put(line.substring(blank + 1), line.substring(0, blank));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void note(String name, byte[] content) {
        String hash = hash(content);
        if (!hash.equals(hashes.put(name, hash)) && !name.contains("\n")) {
            try {
                Files.writeString(log, hash + " " + name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    boolean holds(String name) {
        return hashes.containsKey(name);
    }

    boolean holds(String name, byte[] content) {
        return hash(content).equals(hashes.get(name));
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
