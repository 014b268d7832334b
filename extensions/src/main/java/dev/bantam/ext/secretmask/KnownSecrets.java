package dev.bantam.ext.secretmask;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The secrets that this machine's user has given to the agent: in its environment, and in the settings file. */
final class KnownSecrets {
    private static final int SHORTEST = 8;
    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*(passw(or)?d|passphrase|secret|token|api_?key|access_?key|private_?key|auth_?key|credential|_key|_pat|_pwd)");
    private static final Pattern SETTING =
            Pattern.compile("(?i)\"[^\"]*(?:key|token|secret|password)[^\"]*\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.){8,})\"");

    private KnownSecrets() {}

    static List<Secret> of(Map<String, String> environment, Path configFolder) {
        List<Secret> known = new ArrayList<>();
        environment.forEach((name, value) -> {
            if (SECRET_NAME.matcher(name).matches() && isSecret(value)) {
                known.add(new Secret(name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-"), value));
            }
        });
        Path settings = configFolder.resolve("settings.json");
        if (Files.isReadable(settings)) {
            try {
                Matcher matcher = SETTING.matcher(Files.readString(settings));
                while (matcher.find()) {
                    if (isSecret(matcher.group(1))) {
                        known.add(new Secret("setting", matcher.group(1)));
                    }
                }
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        "the settings file " + settings + " cannot be read: " + e.getMessage()
                                + ". Its keys would not be masked.",
                        e);
            }
        }
        return known;
    }

    /** Not a path, a switch, a plain word or a number: masking these would garble ordinary text. */
    static boolean isSecret(String value) {
        return value.length() >= SHORTEST
                && !value.startsWith("/")
                && !value.matches("[a-z]+|[0-9.]+|[A-Z]+|[A-Z][a-z]+|\\S*\\s.*");
    }
}
