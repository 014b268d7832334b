package dev.bantam.sandbox;

import java.util.List;

/** Which downloads of build tools a command sees, such as Maven's repository. */
public enum Caches {
    NONE,
    /** The user's own, to read. What a command wrote there would run with the user's rights later. */
    HOST,
    /** Those of earlier sandboxes, to read and to write. */
    OWN;

    /** Below the home folder. Where tools keep keys and passwords lies beside them, and is left out. */
    public static final List<String> FOLDERS = List.of(
            ".m2/repository",
            ".gradle/caches",
            ".npm/_cacache",
            ".cargo/registry",
            ".cargo/git",
            ".cache/pip",
            ".cache/go-build",
            "go/pkg/mod");
}
