package dev.bantam.core.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a project brings that could change how Bantam behaves: its {@code .bantam} folder, the cards that it has for
 * every agent, in {@code .agents/skills}, and its {@code .cursorrules}. Looked at once, without following any link, so
 * that looking reads nothing outside; the bytes that were looked at are the ones that are used.
 *
 * <p>Records that Bantam writes there itself while it works, {@code memory/} and {@code progress.json}, are no inputs:
 * trust would end with every turn. Nobody finds them here, and who reads them must know by other means who wrote them.
 */
public final class ProjectInputs {
    private static final List<String> FOLDERS = List.of(".bantam", ".agents/skills");
    private static final String RULES = ".cursorrules";
    private static final Pattern RECORD = Pattern.compile("\\.bantam/(memory/[^/]+|\\.?progress\\.json[^/]*)");
    private static final int MAX_FILES = 1_000;
    private static final int MAX_BYTES = 4 << 20;
    private static final int MAX_BYTES_TOGETHER = 32 << 20;

    private enum Kind {
        FILE,
        LINK,
        OTHER
    }

    private final List<String> files;
    private final Map<String, byte[]> contents; // of the regular files
    private final String digest;

    private ProjectInputs(List<String> files, Map<String, byte[]> contents, String digest) {
        this.files = List.copyOf(files);
        this.contents = contents;
        this.digest = digest;
    }

    /** @throws IOException when it cannot be read, or is too large to be looked through */
    public static ProjectInputs of(Path workspace) throws IOException {
        List<Path> paths = new ArrayList<>();
        boolean usable = false;
        for (String folder : FOLDERS) {
            usable |= addPaths(workspace, folder, paths);
        }
        paths.removeIf(path -> isRecord(workspace, path));
        Path rules = workspace.resolve(RULES);
        if (Files.exists(rules, LinkOption.NOFOLLOW_LINKS)) {
            paths.add(rules);
            usable |= Files.isRegularFile(rules, LinkOption.NOFOLLOW_LINKS);
        }
        MessageDigest digest = sha256();
        Map<String, byte[]> contents = new LinkedHashMap<>();
        int together = 0;
        for (Path path : paths) {
            String name = workspace.relativize(path).toString();
            Kind kind = kindOf(path);
            byte[] content = content(path, kind);
            together += content.length;
            if (together > MAX_BYTES_TOGETHER) {
                throw new IOException("the folders " + String.join(" and ", FOLDERS) + " of " + workspace
                        + " hold more than " + (MAX_BYTES_TOGETHER >> 20) + " MB");
            }
            digest.update((byte) kind.ordinal());
            addWithLength(digest, name.getBytes(StandardCharsets.UTF_8));
            addWithLength(digest, content);
            if (kind == Kind.FILE) {
                contents.put(name, content);
            }
        }
        List<String> names = paths.stream()
                .map(path -> workspace.relativize(path).toString())
                .toList();
        return new ProjectInputs(names, contents, usable ? HexFormat.of().formatHex(digest.digest()) : "");
    }

    /**
     * Adds what lies below a folder. A part of the way that is no real folder, such as a link, is added itself, and what
     * lies behind it is not looked at.
     *
     * @return whether there is such a folder
     */
    private static boolean addPaths(Path workspace, String folder, List<Path> paths) throws IOException {
        Path at = workspace;
        for (String part : folder.split("/")) {
            at = at.resolve(part);
            if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                    paths.add(at);
                }
                return false;
            }
        }
        paths.addAll(pathsBelow(at));
        return true;
    }

    /** The regular files, by their name relative to the workspace. */
    public Map<String, byte[]> contents() {
        return Collections.unmodifiableMap(contents);
    }

    /** Relative to the workspace; empty when the project brings nothing. */
    public List<String> files() {
        return files;
    }

    /**
     * SHA-256 over kinds, names and contents, in hexadecimal: trust is bound to it. Each part goes in with its length, so
     * that no two folders have the same bytes. Empty when there is nothing that could be trusted.
     */
    public String digest() {
        return digest;
    }

    /** The bytes that the digest is of; empty for what is no regular file or was reached through a link. */
    public Optional<byte[]> content(String file) {
        return Optional.ofNullable(contents.get(file)).map(byte[]::clone);
    }

    public boolean none() {
        return files.isEmpty();
    }

    private static List<Path> pathsBelow(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .limit(MAX_FILES + 1L)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (paths.size() > MAX_FILES) {
            throw new IOException("the folder " + folder + " holds more than " + MAX_FILES + " files");
        }
        return paths;
    }

    private static boolean isRecord(Path workspace, Path path) {
        return kindOf(path) == Kind.FILE
                && RECORD.matcher(workspace.relativize(path).toString().replace('\\', '/'))
                        .matches();
    }

    private static Kind kindOf(Path path) {
        if (Files.isSymbolicLink(path)) {
            return Kind.LINK;
        }
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Kind.FILE : Kind.OTHER;
    }

    private static byte[] content(Path path, Kind kind) throws IOException {
        return switch (kind) {
            case LINK -> Files.readSymbolicLink(path).toString().getBytes(StandardCharsets.UTF_8);
            case OTHER -> new byte[0];
            case FILE -> {
                byte[] content;
                try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
                    content = in.readNBytes(MAX_BYTES + 1);
                }
                if (content.length > MAX_BYTES) {
                    throw new IOException("the file " + path + " is larger than " + (MAX_BYTES >> 20) + " MB");
                }
                yield content;
            }
        };
    }

    private static void addWithLength(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
