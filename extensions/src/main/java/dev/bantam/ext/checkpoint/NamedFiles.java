package dev.bantam.ext.checkpoint;

import dev.bantam.ext.files.WorkspaceWalk;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Files of the workspace that the words of a command name, patterns and folders included, and such as are not there yet:
 * those that it may change although no scan looks at them, because git ignores them or because they are large. Every word is
 * taken for a name, so more are found than the command touches; which of them it changed is seen afterwards.
 */
final class NamedFiles {
    private static final Pattern MOVE = Pattern.compile("(?:^|[;&|(]\\s*)(?:cd|pushd)\\s+(\\S+)|\\s-C\\s*(\\S+)");
    private static final Pattern GLOB = Pattern.compile("[*?\\[]");
    private static final String SIGNS = ";&|<>(){}`$";
    private static final int MOST_FILES = 2_000;
    private static final int MOST_MATCHES = 500;
    private static final Duration LIMIT = Duration.ofMillis(100);

    private final Path root;
    private final Set<String> names = new LinkedHashSet<>();

    private NamedFiles(Path root) {
        this.root = root;
    }

    /** Their names relative to the root. */
    static Set<String> in(String command, Path root) {
        NamedFiles files = new NamedFiles(root);
        List<Path> folders = new ArrayList<>(List.of(root));
        Matcher moves = MOVE.matcher(command);
        while (moves.find()) {
            String folder = plain(moves.group(1) != null ? moves.group(1) : moves.group(2));
            files.path(root, folder).filter(Files::isDirectory).ifPresent(folders::add);
        }
        for (String word : words(command)) {
            if (files.names.size() < MOST_FILES) {
                files.word(word, folders);
                files.word(word.substring(word.indexOf('=') + 1), folders); // of=FILE, --output=FILE
            }
        }
        return files.names;
    }

    private static String plain(String word) {
        return String.join("", words(word));
    }

    /** Without their quotes; parted where a shell parts them, and at its signs. */
    private static Set<String> words(String command) {
        Set<String> words = new LinkedHashSet<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < command.length()) {
                word.append(command.charAt(++i));
            } else if (quote != 0 ? c == quote : c == '\'' || c == '"') {
                quote = quote == 0 ? c : 0;
            } else if (quote == 0 && (Character.isWhitespace(c) || SIGNS.indexOf(c) >= 0)) {
                words.add(word.toString());
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        words.add(word.toString());
        return words;
    }

    private void word(String word, List<Path> folders) {
        if (word.isEmpty() || word.equals(".") || word.startsWith("-")) {
            return;
        }
        for (Path folder : folders) {
            try {
                if (GLOB.matcher(word).find()) {
                    glob(folder, word);
                } else {
                    path(folder, word).ifPresent(this::add);
                }
            } catch (InvalidPathException | IOException e) {
                // no name of a file
            }
        }
    }

    /** Patterns in the last step only: those are what people write. */
    private void glob(Path folder, String word) throws IOException {
        int slash = word.lastIndexOf('/');
        Path in = folder.resolve(slash < 0 ? "" : word.substring(0, slash)).normalize();
        if (!Files.isDirectory(in)) {
            return;
        }
        try (DirectoryStream<Path> matches = Files.newDirectoryStream(in, word.substring(slash + 1))) {
            int count = 0;
            for (Path match : matches) {
                if (count++ < MOST_MATCHES) {
                    add(match);
                }
            }
        } catch (PatternSyntaxException e) {
            // no pattern after all
        }
    }

    private Optional<Path> path(Path folder, String word) {
        try {
            return Optional.of(folder.resolve(word).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private void add(Path path) {
        if (!path.startsWith(root) || path.equals(root) || WorkspaceWalk.isMadeByTools(root.relativize(path))) {
            return;
        }
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            WorkspaceWalk.visit(
                    path,
                    MOST_FILES - Math.min(MOST_FILES, names.size()),
                    LIMIT,
                    (file, attributes) -> names.add(name(file)));
        } else if (Files.isDirectory(path.getParent(), LinkOption.NOFOLLOW_LINKS)) {
            names.add(name(path)); // what is not there yet may be made
        }
    }

    private String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }
}
