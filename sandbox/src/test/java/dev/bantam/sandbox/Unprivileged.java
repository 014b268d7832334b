package dev.bantam.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Tests that run as root give their workspaces to some other user, since bubblewrap refuses root's. */
final class Unprivileged {
    private static final int SOMEBODY = 20_000;
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private Unprivileged() {}

    static boolean isRoot() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    }

    /** Gives it away where this is root, and opens the way to it. */
    static void give(Path path) throws IOException {
        if (!isRoot()) {
            return;
        }
        Files.setAttribute(path, "unix:uid", SOMEBODY);
        Files.setAttribute(path, "unix:gid", SOMEBODY);
        Path parent = path.getParent();
        if (parent.startsWith(TEMPORARY) && !parent.equals(TEMPORARY)) {
            Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
        }
    }

    /** Goes before a command that is to run as the same. */
    static List<String> prefix() {
        try {
            return isRoot()
                    ? List.of("setpriv", "--reuid=" + SOMEBODY, "--regid=" + SOMEBODY, "--clear-groups")
                    : List.of();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
