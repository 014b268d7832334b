package dev.bantam.core.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a project brings that could change how Bantam behaves: its {@code .bantam} folder. Looked at without following
 * any link, so that looking reads nothing outside.
 *
 * @param files relative to the workspace; empty when the project brings nothing
 * @param digest SHA-256 over names and contents, in hexadecimal: trust is bound to it
 */
public record ProjectInputs(List<String> files, String digest) {
    private static final String FOLDER = ".bantam";
    private static final int MAX_FILES = 1_000;
    private static final long MAX_BYTES = 4 << 20;

    /** @throws IOException when it cannot be read, or is too large to be looked through */
    public static ProjectInputs of(Path workspace) throws IOException {
        Path folder = workspace.resolve(FOLDER);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            boolean planted = Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
            return new ProjectInputs(planted ? List.of(FOLDER) : List.of(), "");
        }
        MessageDigest digest = sha256();
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .limit(MAX_FILES + 1L)
                    .toList();
        }
        if (paths.size() > MAX_FILES) {
            throw new IOException("the folder " + folder + " holds more than " + MAX_FILES + " files");
        }
        for (Path path : paths) {
            digest.update((workspace.relativize(path) + "\0").getBytes(StandardCharsets.UTF_8));
            digest.update(content(path));
            digest.update((byte) 0);
        }
        List<String> files = paths.stream()
                .map(path -> workspace.relativize(path).toString())
                .toList();
        return new ProjectInputs(files, HexFormat.of().formatHex(digest.digest()));
    }

    /** Whether the file is one that a trusted project may bring: regular, and reached through no link. */
    public boolean has(String file) {
        return !digest.isEmpty() && files.contains(file);
    }

    public boolean none() {
        return files.isEmpty();
    }

    private static byte[] content(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return ("link to " + Files.readSymbolicLink(path)).getBytes(StandardCharsets.UTF_8);
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return "no regular file".getBytes(StandardCharsets.UTF_8);
        }
        if (Files.size(path) > MAX_BYTES) {
            throw new IOException("the file " + path + " is larger than " + (MAX_BYTES >> 20) + " MB");
        }
        return Files.readAllBytes(path);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
