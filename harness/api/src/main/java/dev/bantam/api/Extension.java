package dev.bantam.api;

import java.util.List;
import java.util.Map;

/**
 * A pluggable part of the harness, found by {@link java.util.ServiceLoader}. It has a public constructor without
 * arguments and no state: {@link #open} makes fresh hooks for every session.
 */
public interface Extension {
    /** Kebab-case, unique; how settings and {@code --ext} name it. */
    String name();

    /** One line for people. */
    String summary();

    /** Whether it is on when settings say nothing. */
    default boolean onByDefault() {
        return true;
    }

    /** The settings that it reads; their keys begin with the extension's name and a dot. */
    default List<Setting<?>> settings() {
        return List.of();
    }

    /**
     * Values for settings that nobody has set, its own or those of other parts, as they fit this session's model. Asked
     * before any extension is opened; of several answers the first one counts.
     *
     * @throws IllegalArgumentException when it cannot tell; the message says so to the user
     */
    default Map<String, Object> defaults(ExtensionContext context) {
        return Map.of();
    }

    /**
     * Makes hooks for a session.
     *
     * @throws IllegalArgumentException when a setting is out of its range; the message says so to the user
     */
    Hooks open(ExtensionContext context);
}
