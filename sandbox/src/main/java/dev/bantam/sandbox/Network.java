package dev.bantam.sandbox;

/** What a command reaches of the network. */
public enum Network {
    /** Its own loopback only. */
    NONE,
    /** Its own loopback, and through a proxy there the registries of the usual build tools. */
    REGISTRIES,
    /** All that the user reaches, the services of this machine included. */
    FULL
}
