package dev.bantam.ext.checkpoint;

import dev.bantam.ext.files.WorkspaceWalk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Files of the workspace that the words of a command name, patterns and folders included, and such as are not there yet:
 * those that it may change although no scan looks at them, because git ignores them or because they are large. Every word is
 * taken for a name, so more are found than the command touches; which of them it changed is seen afterwards.
 */
final class NamedFiles {
    private static final Pattern MOVE = Pattern.compile("(?:^|[;&|(]\\s*)(?:cd|pushd)\\s+(\\S+)|\\s-C\\s*(\\S+)");
    private static final Pattern GLOB = Pattern.compile("[*?\\[]");
    private static final String SIGNS = ";&|<>(){}`$";
    private static final int MOST_FILES = 20_000;
    private static final int MOST_DEEP = 3; // quotes in quotes
    private static final Duration LIMIT = Duration.ofMillis(100);
    private static final Duration THOROUGH_LIMIT = Duration.ofSeconds(3);

    /**
     * Forms that may change every file that they name. Runs are bounded here and below: a long command would else take the
     * square of its length.
     */
    private static final Pattern DELETES = Pattern.compile(
            "\\b(?:rm|unlink|shred|truncate|tee|rmtree|remove)\\b|\\bsed\\b[^;&|\\n]{0,200}\\s-\\w{0,9}i|-delete\\b|-exec"
                    + "|\\bgit\\s+(?:-\\S+\\s+){0,9}(?:clean|checkout|restore|reset|stash|rm)\\b");

    /** What else may be written over: where output leads, and the last word of what copies or moves. */
    private static final Pattern TARGET = Pattern.compile(">>?\\|?\\s*(?!&|/dev/)([^\\s;&|<>()]+)|\\bof=(\\S+)"
            + "|\\b(?:mv|cp|ln|install|rsync)\\s(?:[^;&|\\n]{0,1000}\\s)?([^\\s;&|()]{1,1000})\\s*(?=[;&|)\\n]|$)");

    /** Forms whose targets only the run can tell. */
    private static final Pattern UNSURE = Pattern.compile(
            "\\$(?!PWD\\b|\\{PWD})|`|\\{[^}\\s]{0,200},|\\bxargs\\b|-delete\\b|-exec|\\bgit\\s+(?:-\\S+\\s+){0,9}(?:clean|checkout|restore|reset|stash)|rmtree|unlink|remove\\(");

    private final Path root;
    private final long deadline;
    private final Set<String> names = new LinkedHashSet<>();
    private boolean complete = true;

    private NamedFiles(Path root, boolean thorough) {
        this.root = root;
        this.deadline = System.nanoTime() + (thorough ? THOROUGH_LIMIT : LIMIT).toNanos();
    }

    /**
     * What was found.
     *
     * @param names relative to the root
     * @param complete whether nothing was left out for its number or for want of time
     * @param atRisk those that the command may delete or overwrite
     */
    record Found(Set<String> names, boolean complete, Set<String> atRisk) {}

    /** All files that a command may change without a scan to see it. */
    static Found find(String command, Path root) {
        boolean deletes = DELETES.matcher(command).find();
        NamedFiles files = new NamedFiles(root, deletes);
        files.read(command.replaceAll("\\$(?:PWD\\b|\\{PWD})", Matcher.quoteReplacement(root.toString())), 0);
        if (deletes && UNSURE.matcher(command).find()) {
            files.walk(root);
        }
        return new Found(files.names, files.complete || !deletes, deletes ? files.names : files.targets(command));
    }

    private Set<String> targets(String command) {
        StringBuilder targets = new StringBuilder();
        TARGET.matcher(command).results().forEach(match -> {
            for (int group = 1; group <= 3; group++) {
                targets.append(match.group(group) == null ? "" : match.group(group))
                        .append(' ');
            }
        });
        NamedFiles over = new NamedFiles(root, false);
        over.read(targets.toString(), MOST_DEEP);
        return over.names;
    }

    private void read(String command, int deep) {
        List<Path> folders = new ArrayList<>(List.of(root));
        Matcher moves = MOVE.matcher(command);
        while (moves.find()) {
            String folder = plain(moves.group(1) != null ? moves.group(1) : moves.group(2));
            path(root, folder).filter(Files::isDirectory).ifPresent(folders::add);
        }
        for (String word : words(command)) {
            word(word, folders);
            word(word.substring(word.indexOf('=') + 1), folders); // of=FILE, --output=FILE
            if (word.indexOf(',') > 0) {
                List.of(word.split(",")).forEach(part -> word(part, folders)); // {one,other}
            }
            if (deep < MOST_DEEP && word.indexOf(' ') > 0) {
                read(word, deep + 1); // sh -c '…'
            }
        }
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
            } catch (InvalidPathException | PatternSyntaxException | IOException e) {
                // no name of a file
            }
        }
    }

    /** All below the folder in which the pattern begins that match it. */
    private void glob(Path folder, String word) throws IOException {
        String base = word.substring(
                0,
                word.lastIndexOf(
                                '/',
                                GLOB.matcher(word)
                                        .results()
                                        .findFirst()
                                        .orElseThrow()
                                        .start())
                        + 1);
        Path in = folder.resolve(base).normalize();
        if (!in.startsWith(root) || !Files.isDirectory(in)) {
            return;
        }
        String pattern = word.substring(base.length());
        PathMatcher matcher = in.getFileSystem().getPathMatcher("glob:" + pattern);
        int depth = pattern.contains("**") ? Integer.MAX_VALUE : pattern.split("/").length;
        try (Stream<Path> all = Files.find(in, depth, (path, attributes) -> matcher.matches(in.relativize(path)))) {
            all.takeWhile(match -> hasTime() && hasRoom()).forEach(this::add);
        } catch (UncheckedIOException e) {
            complete = false; // a folder that cannot be read
        }
    }

    private boolean hasTime() {
        boolean time = System.nanoTime() < deadline;
        complete &= time;
        return time;
    }

    private boolean hasRoom() {
        boolean room = names.size() < MOST_FILES;
        complete &= room;
        return room;
    }

    private Optional<Path> path(Path folder, String word) {
        try {
            return Optional.of(folder.resolve(word).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private void add(Path path) {
        if (!path.startsWith(root) || path.equals(root) || path.startsWith(root.resolve(".git")) || !hasRoom()) {
            return;
        }
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            if (!WorkspaceWalk.isMadeByTools(root.relativize(path))) {
                names.add(name(path));
                walk(path);
            }
        } else if (Files.isDirectory(path.getParent(), LinkOption.NOFOLLOW_LINKS)) {
            names.add(name(path)); // what is not there yet may be made
        }
    }

    private void walk(Path folder) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        int room = Math.max(0, MOST_FILES - names.size());
        complete &= WorkspaceWalk.visit(folder, room, left, new WorkspaceWalk.Visitor() {
            @Override
            public void file(Path file, BasicFileAttributes attributes) {
                names.add(name(file));
            }

            @Override
            public void link(Path link) {
                names.add(name(link));
            }
        });
    }

    private String name(Path file) {
        return WorkspaceWalk.name(root, file);
    }
}
