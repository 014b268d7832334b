package dev.bantam.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Tests that run as root give their workspaces to some other user, since bubblewrap refuses root's. */
final class Unprivileged {
    private static final int SOMEBODY = 20_000;

    private Unprivileged() {}

    /** Gives it away where this is root, with a way to reach it. */
    static void give(Path path) throws IOException {
        if ((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0) {
            Files.setAttribute(path, "unix:uid", SOMEBODY);
            Files.setAttribute(path, "unix:gid", SOMEBODY);
            for (Path parent = path.getParent(); parent != null; parent = parent.getParent()) {
                if ((int) Files.getAttribute(parent, "unix:uid") == 0
                        && !parent.equals(Path.of("/tmp"))
                        && parent.startsWith("/tmp")) {
                    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
                }
            }
        }
    }
}
