package dev.bantam.model;

import dev.bantam.api.ThinkingLevel;
import dev.bantam.model.server.Names;
import dev.bantam.model.server.ServerKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a user names a model. */
public sealed interface ModelRef {
    /** The level that was put behind the name, as in {@code ollama/qwen3:14b:low}. */
    Optional<ThinkingLevel> thinking();

    /**
     * A model on a server.
     *
     * @param id its name there; empty for the one that is loaded
     */
    record OnServer(ServerKind kind, String id, Optional<ThinkingLevel> thinking) implements ModelRef {}

    /** Replies written down in a file of JSON lines. */
    record Script(Path file, Optional<ThinkingLevel> thinking) implements ModelRef {}

    /** A model that Bantam keeps itself, by its name. */
    record Local(String name, Optional<ThinkingLevel> thinking) implements ModelRef {}

    /** A model's file or folder anywhere on this machine. */
    record File(Path path, Optional<ThinkingLevel> thinking) implements ModelRef {}

    /** Like {@link #parse(String, Path)}; {@code ~} is {@code $HOME} before Java's idea of it. */
    static ModelRef parse(String text) {
        return parse(text, Path.of(Optional.ofNullable(System.getenv("HOME")).orElse(System.getProperty("user.home"))));
    }

    /**
     * Reads {@code SERVER/ID}, {@code local/NAME}, {@code script/FILE}, a {@code .gguf} file or a folder; with a
     * thinking level behind a colon: {@code off}, {@code low}, {@code medium}, {@code high} or a number of tokens, at
     * least 128. Any other colon belongs to the name, as in {@code ollama/qwen3:14b}.
     *
     * @throws IllegalArgumentException when it names no provider; the message lists them
     */
    static ModelRef parse(String text, Path home) {
        Matcher suffix = Pattern.compile("(.*):(off|low|medium|high|\\d{3,7})").matcher(text.strip());
        boolean leveled = suffix.matches()
                && (!Character.isDigit(suffix.group(2).charAt(0)) || Integer.parseInt(suffix.group(2)) >= 128);
        String name = leveled ? suffix.group(1) : text.strip();
        Optional<ThinkingLevel> thinking =
                leveled ? Optional.of(ThinkingLevel.parse(suffix.group(2))) : Optional.empty();
        int slash = name.indexOf('/');
        String provider = slash < 0 ? "" : name.substring(0, slash);
        String rest = name.substring(slash + 1);
        Optional<ServerKind> kind = ServerKind.of(provider);
        if (kind.isPresent()) {
            return new OnServer(kind.get(), rest, thinking);
        }
        if (provider.equals("script") && !rest.isEmpty()) {
            return new Script(path(rest, home), thinking);
        }
        if (provider.equals("local") && !rest.isEmpty()) {
            return new Local(rest, thinking);
        }
        if (name.matches("(?i).*\\.gguf") || name.matches("(~|\\.{0,2})/.*") || isFolder(name)) {
            return new File(path(name, home), thinking);
        }
        throw new IllegalArgumentException(unknown(text, slash < 0 ? name : provider));
    }

    private static Path path(String name, Path home) {
        return name.startsWith("~/") ? home.resolve(name.substring(2)) : Path.of(name);
    }

    private static boolean isFolder(String name) {
        return !name.isEmpty() && Files.isDirectory(Path.of(name));
    }

    private static String unknown(String text, String provider) {
        List<String> known = new ArrayList<>(
                Arrays.stream(ServerKind.values()).map(ServerKind::word).toList());
        known.addAll(List.of("local", "script"));
        return "\"" + text + "\" names no model. Write PROVIDER/MODEL with one of "
                + String.join(", ", known) + ", or a .gguf file or a model folder."
                + Names.nearest(provider, known)
                        .map(near -> " Did you mean " + near + "/"
                                + (text.contains("/") ? text.substring(text.indexOf('/') + 1) : "") + "?")
                        .orElse("");
    }
}
