package dev.bantam.ext.checkpoint;

import dev.bantam.ext.text.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Contents of files, each once, as loose objects of git in a folder of Bantam's own: {@code git cat-file} reads them, and
 * no repository of the user's, nor its settings, is ever opened.
 */
final class BlobStore {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Supplier<Path> folder; // made when it is asked for
    private Path objects; // null until something is kept, or looked for
    private long bytes = -1; // not counted yet
    private boolean grown = true; // since it was cleared; a session that is taken up again may have left something

    BlobStore(Supplier<Path> folder) {
        this.folder = folder;
    }

    /** The name that git gives a file of this content. */
    static String id(byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(header(content));
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static byte[] header(byte[] content) {
        return ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    /** Keeps a content; one that is there already is kept once. */
    String put(byte[] content) throws IOException {
        String id = id(content);
        Path place = place(id);
        if (Files.exists(place)) {
            return id;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream(content.length / 2 + 64);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (OutputStream out = new DeflaterOutputStream(packed, deflater)) {
            out.write(header(content));
            out.write(content);
        } finally {
            deflater.end();
        }
        makeFolders(place.getParent());
        WholeFile.write(place, packed.toByteArray(), fresh -> {});
        grown = true;
        bytes += bytes < 0 ? 0 : packed.size();
        return id;
    }

    /** Files of the user are in them. */
    private static void makeFolders(Path folder) throws IOException {
        if (Files.getFileStore(folder.getParent().getParent()).supportsFileAttributeView("posix")) {
            Files.createDirectories(folder, OWNER_ONLY);
        } else {
            Files.createDirectories(folder);
        }
    }

    byte[] get(String id) throws IOException {
        try (InputStream in = new InflaterInputStream(Files.newInputStream(place(id)))) {
            while (in.read() > 0) { // the header ends with a zero
                continue;
            }
            return in.readAllBytes();
        }
    }

    boolean has(String id) {
        return Files.exists(place(id));
    }

    /** What it takes on disk. */
    long bytes() throws IOException {
        if (bytes < 0) {
            bytes = 0;
            visit((file, size) -> bytes += size);
        }
        return bytes;
    }

    /** Whether there may be something that nobody needs. */
    boolean hasGrown() {
        return grown;
    }

    /** Forgets all contents but these. */
    void keepOnly(Set<String> ids) throws IOException {
        grown = false;
        visit((file, size) -> {
            if (!ids.contains(
                    file.getParent().getFileName() + file.getFileName().toString())) {
                Files.delete(file);
                bytes -= bytes < 0 ? 0 : size;
            }
        });
    }

    private interface Visitor {
        void visit(Path file, long size) throws IOException;
    }

    private void visit(Visitor visitor) throws IOException {
        if (Files.isDirectory(objects())) {
            Files.walkFileTree(objects(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    visitor.visit(file, attributes.size());
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }

    private Path objects() {
        if (objects == null) {
            objects = folder.get().resolve("objects");
        }
        return objects;
    }

    private Path place(String id) {
        return objects().resolve(id.substring(0, 2)).resolve(id.substring(2));
    }
}
