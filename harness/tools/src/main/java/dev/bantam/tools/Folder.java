package dev.bantam.tools;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * An open folder of the workspace. It was reached from the root step by step without following a link, and its files
 * are opened relative to it, so a link that a command plants while a tool runs cannot lead a read or a write outside.
 * Where the JDK has no {@link SecureDirectoryStream}, only the last step is protected.
 */
final class Folder implements AutoCloseable {
    private static final LinkOption NOFOLLOW = LinkOption.NOFOLLOW_LINKS;
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = PosixFilePermissions.asFileAttribute(
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

    private final Path path;
    private final DirectoryStream<Path> stream;
    private final SecureDirectoryStream<Path> secure; // the same stream, or null

    private Folder(Path path, DirectoryStream<Path> stream) {
        this.path = path;
        this.stream = stream;
        this.secure = stream instanceof SecureDirectoryStream<Path> it ? it : null;
    }

    /** @param path below root, with links resolved */
    static Folder open(Path root, Path path) throws IOException {
        Folder folder = new Folder(root, Files.newDirectoryStream(root));
        if (folder.secure == null) {
            folder.close();
            return new Folder(path, Files.newDirectoryStream(path));
        }
        for (Path step : root.relativize(path)) {
            if (step.toString().isEmpty()) {
                continue;
            }
            try (Folder parent = folder) {
                folder = new Folder(parent.path.resolve(step), parent.secure.newDirectoryStream(step, NOFOLLOW));
            }
        }
        return folder;
    }

    BasicFileAttributes attributes(String name) throws IOException {
        return view(name, BasicFileAttributeView.class).readAttributes();
    }

    InputStream read(String name) throws IOException {
        return Channels.newInputStream(channel(name, Set.of(StandardOpenOption.READ, NOFOLLOW)));
    }

    byte[] readAll(String name) throws IOException {
        try (InputStream in = read(name)) {
            return in.readAllBytes();
        }
    }

    /**
     * Makes a file with this content, all of it or none.
     *
     * @throws java.nio.file.FileAlreadyExistsException when there is one; it is left alone
     */
    void create(String name, byte[] content) throws IOException {
        String temporary = temporaryName();
        try {
            write(temporary, content);
            channel(name, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, NOFOLLOW))
                    .close(); // claims the name
            try {
                rename(temporary, name);
            } catch (IOException e) {
                deleteIfThere(name);
                throw e;
            }
        } finally {
            deleteIfThere(temporary);
        }
    }

    /**
     * Gives an existing file another content, all of it or none; its mode and owner stay. False when the file is no
     * longer the one that was seen.
     */
    boolean replace(String name, byte[] content, BasicFileAttributes seen) throws IOException {
        String temporary = temporaryName();
        try {
            boolean posix = view(name, PosixFileAttributeView.class) != null;
            if (posix) {
                write(temporary, content, OWNER_ONLY);
                copyOwnerAndMode(name, temporary);
            } else {
                write(temporary, content);
            }
            if (!same(seen, attributes(name))) {
                return false;
            }
            rename(temporary, name);
            return true;
        } finally {
            deleteIfThere(temporary);
        }
    }

    private static boolean same(BasicFileAttributes one, BasicFileAttributes other) {
        return one.size() == other.size()
                && one.lastModifiedTime().equals(other.lastModifiedTime())
                && java.util.Objects.equals(one.fileKey(), other.fileKey());
    }

    private void copyOwnerAndMode(String from, String to) throws IOException {
        PosixFileAttributes original = view(from, PosixFileAttributeView.class).readAttributes();
        PosixFileAttributeView copy = view(to, PosixFileAttributeView.class);
        PosixFileAttributes now = copy.readAttributes();
        try {
            if (!now.group().equals(original.group())) {
                copy.setGroup(original.group());
            }
            if (!now.owner().equals(original.owner())) {
                copy.setOwner(original.owner());
            }
        } catch (IOException e) {
            // Only root may give files away. The file is then the user's own, as with any editor that renames.
        }
        copy.setPermissions(original.permissions());
    }

    private void write(String name, byte[] content, FileAttribute<?>... attributes) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, NOFOLLOW);
        try (SeekableByteChannel channel = channel(name, options, attributes)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            if (channel instanceof FileChannel file) {
                file.force(true);
            }
        }
    }

    private SeekableByteChannel channel(String name, Set<OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return secure != null
                ? secure.newByteChannel(Path.of(name), options, attributes)
                : Files.newByteChannel(path.resolve(name), options, attributes);
    }

    private <V extends BasicFileAttributeView> V view(String name, Class<V> type) {
        return secure != null
                ? secure.getFileAttributeView(Path.of(name), type, NOFOLLOW)
                : Files.getFileAttributeView(path.resolve(name), type, NOFOLLOW);
    }

    private void rename(String from, String to) throws IOException {
        if (secure != null) {
            secure.move(Path.of(from), secure, Path.of(to));
        } else {
            Files.move(path.resolve(from), path.resolve(to), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void deleteIfThere(String name) throws IOException {
        try {
            if (secure != null) {
                secure.deleteFile(Path.of(name));
            } else {
                Files.delete(path.resolve(name));
            }
        } catch (java.nio.file.NoSuchFileException e) {
            // It was renamed: the usual case.
        }
    }

    private static String temporaryName() {
        return ".bantam-" + UUID.randomUUID() + ".tmp";
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
