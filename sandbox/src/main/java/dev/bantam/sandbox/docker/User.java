package dev.bantam.sandbox.docker;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who a command is inside: such that files of the workspace come out as the user's own. */
record User(long uid, long gid) {
    static final String HOME = "/home/bantam";

    /**
     * The user of this program; where that is root, the owner of the workspace.
     *
     * @throws IOException when the workspace cannot be looked at
     */
    static User in(EngineFacts engine, Path workspace) throws IOException {
        UnixSystem system = new UnixSystem();
        if (engine.rootless()) {
            return new User(0, 0); // the engine's own user, which is whoever started it
        }
        return system.getUid() == 0
                ? new User(id(workspace, "unix:uid"), id(workspace, "unix:gid"))
                : new User(system.getUid(), system.getGid());
    }

    private static long id(Path path, String attribute) throws IOException {
        return ((Number) Files.getAttribute(path, attribute)).longValue();
    }

    /** Makes a folder that this user can write, if need be as root. */
    void makeOwnFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (new UnixSystem().getUid() == 0 && uid != 0) {
            Files.setAttribute(folder, "unix:uid", (int) uid);
        }
    }

    /**
     * Whom the container's main program runs as: another one, so that no command stops it or holds its input open, and
     * with that outlives the agent. A rootless engine may have only one user to give.
     */
    User keeper(EngineFacts engine) {
        long other = uid == NOBODY || gid == NOBODY ? NOBODY - 1 : NOBODY;
        return engine.rootless() ? this : new User(other, other);
    }

    /** As an engine takes it. */
    String asText() {
        return uid + ":" + gid;
    }

    /** Lines for {@code /etc/passwd}: without a name and a home folder there, many programs fail. */
    String passwd() {
        String root = uid == 0 ? "" : "root:x:0:0:root:/root:/bin/sh\n";
        return root + "bantam:x:" + uid + ":" + gid + ":Bantam:" + HOME + ":/bin/sh\n"
                + (uid == NOBODY ? "" : "nobody:x:65534:65534:nobody:/nonexistent:/bin/false\n");
    }

    String group() {
        String root = gid == 0 ? "" : "root:x:0:\n";
        return root + "bantam:x:" + gid + ":\n" + (gid == NOBODY ? "" : "nogroup:x:65534:\n");
    }

    private static final int NOBODY = 65_534;
}
