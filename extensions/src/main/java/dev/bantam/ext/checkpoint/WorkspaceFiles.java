package dev.bantam.ext.checkpoint;

import dev.bantam.ext.text.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Reads and writes files of the workspace whole, without following a link at the last step. Names are relative to it. */
final class WorkspaceFiles {
    private final Path root;
    private final BlobStore store;
    private final long mostBytes;

    /** @param mostBytes larger files are not kept */
    WorkspaceFiles(Path root, BlobStore store, long mostBytes) {
        this.root = root;
        this.store = store;
        this.mostBytes = mostBytes;
    }

    /** What is there now; its content is kept. */
    FileState keep(String name) throws IOException {
        return state(name, true);
    }

    /** What is there now, without keeping its content. */
    FileState look(String name) throws IOException {
        return state(name, false);
    }

    private FileState state(String name, boolean kept) throws IOException {
        Path file = root.resolve(name);
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isSymbolicLink()) {
                return new FileState.Link(Files.readSymbolicLink(file).toString());
            }
            if (attributes.isDirectory()) {
                return FileState.FOLDER;
            }
            if (!attributes.isRegularFile() || attributes.size() > mostBytes) {
                return FileState.LOST;
            }
            byte[] content = content(file);
            return regular(kept ? store.put(content) : BlobStore.id(content), mode(file));
        } catch (NoSuchFileException e) {
            return FileState.ABSENT;
        }
    }

    static FileState regular(String id, Optional<String> mode) {
        return new FileState.Regular(id, mode.orElse(""));
    }

    static byte[] content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readAllBytes();
        }
    }

    static Optional<String> mode(Path file) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return view == null
                ? Optional.empty()
                : Optional.of(
                        PosixFilePermissions.toString(view.readAttributes().permissions()));
    }

    /** Whether a state can be brought back. */
    boolean has(FileState state) {
        return switch (state) {
            case FileState.Absent absent -> true;
            case FileState.Lost lost -> false;
            case FileState.Folder folder -> true;
            case FileState.Link link -> true;
            case FileState.Regular(String id, String mode) -> store.has(id);
        };
    }

    /** Brings a state back: all of it or nothing. */
    void bring(String name, FileState state) throws IOException {
        Path file = root.resolve(name);
        requireOwnFolders(name);
        switch (state) {
            case FileState.Absent absent -> remove(file);
            case FileState.Regular(String id, String mode) -> {
                removeFolder(file);
                write(file, store.get(id), mode);
            }
            case FileState.Folder folder -> {
                if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.deleteIfExists(file);
                }
                Files.createDirectories(file);
            }
            case FileState.Link(String target) -> {
                Files.createDirectories(file.getParent());
                Files.deleteIfExists(file); // a folder with something in it stays, and so says the error
                Files.createSymbolicLink(file, Path.of(target));
            }
            case FileState.Lost lost -> throw new IOException("its content was not kept");
        }
    }

    /** Folders that it leaves empty go too, since git would not keep them either. */
    private void remove(Path file) throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            removeIfEmpty(file);
        } else {
            Files.deleteIfExists(file);
        }
        for (Path folder = file.getParent(); !folder.equals(root); folder = folder.getParent()) {
            if (!removeIfEmpty(folder)) {
                return;
            }
        }
    }

    private static boolean removeIfEmpty(Path folder) {
        try {
            Files.delete(folder);
            return true;
        } catch (IOException e) {
            return false; // something is in it, or it is not ours
        }
    }

    private static void removeFolder(Path file) throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(file);
        }
    }

    private static void write(Path file, byte[] content, String mode) throws IOException {
        WholeFile.write(file, content, fresh -> {
            if (!mode.isEmpty()) {
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(mode));
                giveToOwnerOf(file.getParent(), fresh);
            }
        });
    }

    /** What root brings back belongs to the folder's owner, as whom commands run. */
    private static void giveToOwnerOf(Path folder, Path file) throws IOException {
        PosixFileAttributes owner = Files.readAttributes(folder, PosixFileAttributes.class);
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (!view.readAttributes().owner().equals(owner.owner())) {
            try {
                view.setOwner(owner.owner());
                view.setGroup(owner.group());
            } catch (IOException e) {
                // Only root may give files away; to others their files belong.
            }
        }
    }

    /** A command may have put a link in a folder's place, which would lead a write elsewhere. */
    private void requireOwnFolders(String name) throws IOException {
        Path at = root;
        for (Path step : Path.of(name).normalize()) {
            if (step.toString().equals("..")) {
                throw new IOException("it lies outside of the workspace");
            }
            at = at.resolve(step);
            if (!at.equals(root.resolve(name)) && Files.isSymbolicLink(at)) {
                throw new IOException("its folder " + root.relativize(at) + " is a link now");
            }
        }
    }
}
