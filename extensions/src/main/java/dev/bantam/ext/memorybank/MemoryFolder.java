package dev.bantam.ext.memorybank;

import dev.bantam.ext.text.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The memory of a project: its files, and outside of it the digests by which our own are known. */
final class MemoryFolder {
    static final String CONTEXT = "activeContext.md";
    static final String PROGRESS = "progress.json";
    static final String DECISIONS = "architectural_decisions.md";
    private static final List<String> NAMES = List.of(CONTEXT, PROGRESS, DECISIONS);
    private static final int MAX_BYTES = 1 << 20;

    /** Digests that are remembered: every version that another session may still have to recognise. */
    private static final int MAX_DIGESTS = 100;

    private final Path folder;
    private final Path digests;
    private final Path switchedOn;

    MemoryFolder(Path workspace, Path data) {
        this.folder = workspace.resolve(".bantam").resolve("memory");
        String project =
                sha256(workspace.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
        this.digests = data.resolve(project + ".digests");
        this.switchedOn = data.resolve(project + ".on");
    }

    boolean on() {
        return Files.exists(switchedOn);
    }

    void switchOn(boolean on) throws IOException {
        if (on) {
            WholeFile.write(switchedOn, folder + "\n");
        } else {
            Files.deleteIfExists(switchedOn);
        }
    }

    /** Files that are there and were not written here; a folder that is a link counts as one. */
    List<String> foreign() throws IOException {
        List<String> foreign = new ArrayList<>();
        for (Path each : List.of(folder.getParent(), folder)) {
            if (Files.exists(each, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                return List.of(each.getFileName() + ", which is no folder");
            }
        }
        List<String> known = known();
        for (String name : NAMES) {
            Path file = folder.resolve(name);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !known.contains(digest(file))) {
                foreign.add(name);
            }
        }
        return foreign;
    }

    /** The text of one of our own files. */
    Optional<String> read(String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        byte[] bytes = bytes(file);
        return known().contains(sha256(bytes))
                ? Optional.of(new String(bytes, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /** Writes one of our own files; its digest is kept before, so that the file is known whenever the program ends. */
    void write(String name, String text) throws IOException {
        String digest = sha256(text.getBytes(StandardCharsets.UTF_8));
        if (!read(name).equals(Optional.of(text))) {
            remember(List.of(digest));
            WholeFile.write(folder.resolve(name), text);
        }
    }

    /** Takes the files as they are now for our own. */
    void trust() throws IOException {
        List<String> taken = new ArrayList<>();
        for (String name : NAMES) {
            if (Files.isRegularFile(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                taken.add(digest(folder.resolve(name)));
            }
        }
        remember(taken);
    }

    private void remember(List<String> fresh) throws IOException {
        List<String> all = new ArrayList<>(known());
        all.removeAll(fresh);
        all.addAll(fresh);
        WholeFile.write(
                digests, String.join("\n", all.subList(Math.max(0, all.size() - MAX_DIGESTS), all.size())) + "\n");
    }

    private List<String> known() throws IOException {
        return Files.exists(digests) ? Files.readAllLines(digests) : List.of();
    }

    private static String digest(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? sha256(bytes(file)) : "no file";
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(MAX_BYTES);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
