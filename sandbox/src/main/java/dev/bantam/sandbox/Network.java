package dev.bantam.sandbox;

import java.util.Map;

/** What a command reaches of the network. */
public enum Network {
    /** Its own loopback only. */
    NONE,
    /** Its own loopback, and through a proxy there the registries of the usual build tools. */
    REGISTRIES,
    /** All that the user reaches, the services of this machine included. */
    FULL;

    /** Package tools would try again for half a minute before they say that they reach nothing. */
    private static final Map<String, String> WITHOUT = Map.of(
            "npm_config_fetch_retries", "0",
            "PIP_RETRIES", "0",
            "PIP_DISABLE_PIP_VERSION_CHECK", "1",
            "CARGO_NET_OFFLINE", "true",
            "GOPROXY", "off",
            "GOTOOLCHAIN", "local");

    /** What a command's environment should say of it. */
    public Map<String, String> environment() {
        return this == NONE ? WITHOUT : Map.of();
    }
}
