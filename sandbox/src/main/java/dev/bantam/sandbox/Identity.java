package dev.bantam.sandbox;

import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/**
 * Whom the commands in a sandbox run as: the user, or, when this program runs as root, the workspace's owner. Root itself
 * is never confined by a user namespace alone: {@code /proc/sys} belongs to it there too.
 *
 * @param dropped whether it is another than this program's own
 */
record Identity(int uid, int gid, boolean dropped) {
    private static final int ROOT = 0;

    /** @throws IOException with the reason, when there is nobody to run as */
    static Identity forWorkspace(Path workspace) throws IOException {
        Path self = Path.of("/proc/self");
        if (uid(self) != ROOT) {
            return new Identity(uid(self), gid(self), false);
        }
        if (uid(workspace) == ROOT) {
            throw new IOException("it does not confine root, and the workspace " + workspace
                    + " belongs to root. Run bantam as another user, give the workspace to one (chown -R USER "
                    + workspace + "), or use --sandbox docker");
        }
        return new Identity(uid(workspace), gid(workspace), true);
    }

    private static int uid(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid");
    }

    private static int gid(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:gid");
    }

    /** What goes before a program's words so that it runs as this identity, with no way back. */
    List<String> prefix() {
        return dropped
                ? List.of(
                        "setpriv",
                        "--reuid=" + uid,
                        "--regid=" + gid,
                        "--clear-groups",
                        "--no-new-privs",
                        "--bounding-set=-all",
                        "--inh-caps=-all")
                : List.of();
    }

    /** Whether it may look there, as far as it is another than this program's own: root's home folder is closed to it. */
    boolean reaches(Path path) throws IOException {
        if (!dropped) {
            return true;
        }
        for (Path folder = path.toRealPath(); folder != null; folder = folder.getParent()) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
            PosixFilePermission needed = uid(folder) == uid ? OWNER_EXECUTE : OTHERS_EXECUTE;
            if (Files.isDirectory(folder) && !permissions.contains(needed)) {
                return false;
            }
        }
        return true;
    }

    /** Gives it files of this program's own, which it may read. */
    void handOver(Path folder) throws IOException {
        if (dropped) {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() { // follows no link
                        @Override
                        public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes)
                                throws IOException {
                            return give(visited);
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                            return give(file);
                        }
                    });
        }
    }

    private FileVisitResult give(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        return FileVisitResult.CONTINUE;
    }
}
