package dev.bantam.ext.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;

/**
 * Contents of files, each once, as loose objects of git in a folder of Bantam's own: {@code git cat-file} reads them, and
 * no repository of the user's, nor its settings, is ever opened.
 */
final class BlobStore {
    private static final ObjectInserter.Formatter NAMES = new ObjectInserter.Formatter();

    private final Path objects;
    private long bytes = -1; // not counted yet

    BlobStore(Path objects) {
        this.objects = objects;
    }

    /** The name that git gives a file of this content. */
    static String id(byte[] content) {
        return NAMES.idFor(Constants.OBJ_BLOB, content).name();
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
            out.write(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
            out.write(content);
        } finally {
            deflater.end();
        }
        Files.createDirectories(place.getParent());
        Path fresh = place.resolveSibling("tmp-" + UUID.randomUUID());
        try {
            Files.write(fresh, packed.toByteArray());
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        bytes += bytes < 0 ? 0 : packed.size();
        return id;
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

    /** Forgets all contents but these. */
    void keepOnly(Set<String> ids) throws IOException {
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
        if (Files.isDirectory(objects)) {
            Files.walkFileTree(objects, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    visitor.visit(file, attributes.size());
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }

    private Path place(String id) {
        return objects.resolve(id.substring(0, 2)).resolve(id.substring(2));
    }
}
