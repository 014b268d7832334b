package dev.bantam.sandbox.docker;

import com.sun.security.auth.module.UnixSystem;

/** Who a command is inside: such that files of the workspace come out as the user's own. */
record User(long uid, long gid) {
    static final String HOME = "/home/bantam";

    static User in(EngineFacts engine) {
        if (engine.rootless()) {
            return new User(0, 0); // the engine's own user, which is whoever started it
        }
        UnixSystem system = new UnixSystem();
        return new User(system.getUid(), system.getGid());
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
