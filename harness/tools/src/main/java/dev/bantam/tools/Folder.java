package dev.bantam.tools;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
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
import java.util.Deque;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
    private final Opening opening = new Opening();

    private Folder(Path path, DirectoryStream<Path> stream) {
        this.path = path;
        this.stream = stream;
        this.secure = stream instanceof SecureDirectoryStream<Path> it ? it : null;
    }

    /** @param path below root, with links resolved */
    static Folder open(Path root, Path path) throws IOException {
        return walk(root, path, Folder::enter);
    }

    /**
     * As {@link #open}, and makes the folders that are missing.
     *
     * @param made receives those, the innermost first, also when this fails
     */
    static Folder make(Path root, Path path, Deque<Path> made) throws IOException {
        return walk(root, path, (folder, step) -> folder.enterOrMake(step, root, made));
    }

    /** Removes folders that are empty, and that nobody has put anything else in place of. */
    static void remove(Path root, Deque<Path> made) throws IOException {
        for (Path path : made) {
            try (Folder parent = open(root, path.getParent())) {
                if (parent.secure != null) {
                    parent.secure.deleteDirectory(path.getFileName());
                } else {
                    Files.delete(path);
                }
            } catch (DirectoryNotEmptyException e) {
                return; // somebody uses it
            }
        }
    }

    private interface Step {
        Folder from(Folder folder, Path step) throws IOException;
    }

    private static Folder walk(Path root, Path path, Step next) throws IOException {
        Folder folder = new Folder(root, Files.newDirectoryStream(root));
        for (Path step : root.relativize(path)) {
            if (step.toString().isEmpty()) {
                continue;
            }
            try (Folder parent = folder) {
                folder = next.from(parent, step);
            }
        }
        return folder;
    }

    private Folder enter(Path step) throws IOException {
        Path inner = path.resolve(step);
        return new Folder(
                inner, secure != null ? secure.newDirectoryStream(step, NOFOLLOW) : Files.newDirectoryStream(inner));
    }

    /** The JDK makes folders by path only, so a new one is made in the root and moved here, where no link can lead it. */
    private Folder enterOrMake(Path step, Path root, Deque<Path> made) throws IOException {
        try {
            return enter(step);
        } catch (NoSuchFileException missing) {
            if (secure == null) {
                Files.createDirectory(path.resolve(step));
                giveToOwner(view(step.toString(), PosixFileAttributeView.class));
            } else {
                Path fresh = Files.createDirectory(root.resolve(temporaryName()));
                try (Folder top = open(root, root)) {
                    giveToOwner(top.view(fresh.getFileName().toString(), PosixFileAttributeView.class));
                    top.secure.move(fresh.getFileName(), secure, step);
                } finally {
                    Files.deleteIfExists(fresh);
                }
            }
            made.push(path.resolve(step));
            return enter(step);
        }
    }

    /** What lies in it now; what vanishes meanwhile is left out. To be asked once. */
    Map<String, BasicFileAttributes> entries() throws IOException {
        Map<String, BasicFileAttributes> entries = new TreeMap<>();
        try {
            for (Path entry : stream) {
                String name = entry.getFileName().toString();
                try {
                    entries.put(name, attributes(name));
                } catch (NoSuchFileException e) {
                    // that was meanwhile
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }

    BasicFileAttributes attributes(String name) throws IOException {
        return view(name, BasicFileAttributeView.class).readAttributes();
    }

    /** Of a regular file; anything else is refused, also when it took a file's place just now. */
    InputStream read(String name) throws IOException {
        return Channels.newInputStream(opening.regular(
                name, () -> channel(name, Set.of(StandardOpenOption.READ, NOFOLLOW))));
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
            giveToOwner(view(temporary, PosixFileAttributeView.class));
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

    /** What root makes is this folder's owner's: commands in a sandbox run as that one then, and go on to change it. */
    private void giveToOwner(PosixFileAttributeView made) throws IOException {
        PosixFileAttributeView own = secure != null
                ? secure.getFileAttributeView(PosixFileAttributeView.class)
                : Files.getFileAttributeView(path, PosixFileAttributeView.class, NOFOLLOW);
        if (own == null
                || made.readAttributes().owner().equals(own.readAttributes().owner())) {
            return;
        }
        try {
            made.setOwner(own.readAttributes().owner());
            made.setGroup(own.readAttributes().group());
        } catch (IOException e) {
            // Only root may give files away; to others their files belong.
        }
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
        } catch (NoSuchFileException e) {
            // It was renamed: the usual case.
        }
    }

    private static String temporaryName() {
        return ".bantam-" + UUID.randomUUID() + ".tmp";
    }

    /** Closing waits for a file that is being opened, so one that never will be is left to a thread of its own. */
    @Override
    public void close() throws IOException {
        opening.close();
        if (opening.isStuck()) {
            Thread.ofPlatform().daemon().name("bantam-closing").start(this::closeLater);
        } else {
            stream.close();
        }
    }

    private void closeLater() {
        try {
            stream.close();
        } catch (IOException e) {
            // nobody uses it any more
        }
    }
}
