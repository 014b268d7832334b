package dev.bantam.api;

import java.util.List;

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
     * Makes hooks for a session.
     *
     * @throws IllegalArgumentException when a setting is out of its range; the message says so to the user
     */
    Hooks open(ExtensionContext context);
}
