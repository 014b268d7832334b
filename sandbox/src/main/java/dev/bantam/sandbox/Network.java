package dev.bantam.sandbox;

/** What a command reaches of the network. */
public enum Network {
    /** Its own loopback only. */
    NONE,
    /** The registries of the usual build tools; only some kinds of sandbox can tell them from the rest. */
    REGISTRIES,
    /** All that the user reaches, the services of this machine included. */
    FULL
}
