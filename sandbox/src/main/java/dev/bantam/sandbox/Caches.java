package dev.bantam.sandbox;

/** Which downloads of build tools a command sees, such as Maven's repository. */
public enum Caches {
    NONE,
    /** The user's own, to read. What a command wrote there would run with the user's rights later. */
    HOST,
    /** Those of earlier sandboxes, to read and to write. */
    OWN
}
