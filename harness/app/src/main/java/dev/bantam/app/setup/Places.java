package dev.bantam.app.setup;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The folders of this user, by the XDG base directory rules.
 *
 * @param config settings and the user's own instructions
 * @param data sessions, models, extensions, trust
 */
public record Places(Path home, Path config, Path data) {

    /** {@code ~} is {@code $HOME} before Java's {@code user.home}. */
    public static Places of(Map<String, String> environment) {
        Path home = Path.of(set(environment, "HOME").orElse(System.getProperty("user.home")));
        return new Places(
                home,
                base(environment, "XDG_CONFIG_HOME", home.resolve(".config")),
                base(environment, "XDG_DATA_HOME", home.resolve(".local/share")));
    }

    public Path settings() {
        return config.resolve("settings.json");
    }

    /** The user's own cards. */
    public Path skills() {
        return config.resolve("skills");
    }

    public Path sessions() {
        return data.resolve("sessions");
    }

    /** Of all sessions: a folder each, for output too long to show. */
    public Path scratch() {
        return data.resolve("scratch");
    }

    /** What extensions keep of sessions: a folder for each session. */
    public Path sessionData() {
        return data.resolve("session-data");
    }

    /** What models have read of system prompts. */
    public Path prefixes() {
        return data.resolve("prefixes");
    }

    public Path models() {
        return data.resolve("models");
    }

    public Path extensions() {
        return data.resolve("extensions");
    }

    public Path trust() {
        return data.resolve("trust.json");
    }

    /** The projects whose commands may run without a sandbox. */
    public Path unconfined() {
        return data.resolve("unconfined.json");
    }

    /** Downloads of build tools that ran in a sandbox. */
    public Path sandboxCache() {
        return data.resolve("sandbox-cache");
    }

    /** Of all sessions: a folder each, with what their containers are given. */
    public Path containers() {
        return data.resolve("containers");
    }

    /** Relative values are ignored, as the rules say. */
    private static Path base(Map<String, String> environment, String name, Path fallback) {
        return set(environment, name)
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElse(fallback)
                .resolve("bantam");
    }

    private static Optional<String> set(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
