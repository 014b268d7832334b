package dev.bantam.app;

import dev.bantam.api.Workspace;
import dev.bantam.app.setup.FileFaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files that a prompt mentions as {@code @path}, {@code @path:10-40} or {@code @"a path"}: their text is put below the
 * prompt. What names no file of the workspace stays as it is; it may be an address. A file that cannot be read is a note.
 */
final class Mentions {
    private static final Pattern MENTION = Pattern.compile("(?<![\\w@])@(?:\"([^\"\\n]+)\"|([^\\s\"']+))");
    private static final Pattern LINES = Pattern.compile("(.+):([1-9]\\d{0,6})(?:-(\\d{1,7}))?");
    private static final int MAX_BYTES = 50_000;
    private static final int MAX_NAMES = 200;
    private static final String NOTHING = ".no-such-file";

    private final Workspace workspace;

    Mentions(Workspace workspace) {
        this.workspace = workspace;
    }

    /** The prompt with the mentioned texts below it. */
    String expand(String prompt) {
        Set<String> mentioned = new LinkedHashSet<>();
        Matcher matcher = MENTION.matcher(prompt);
        while (matcher.find()) {
            mentioned.add(
                    matcher.group(1) != null
                            ? matcher.group(1)
                            : matcher.group(2).replaceFirst("[.,;:!?)]+$", ""));
        }
        List<String> texts = new ArrayList<>();
        for (String mention : mentioned) {
            texts.add(textOrNote(mention));
        }
        texts.removeIf(String::isEmpty);
        return texts.isEmpty() ? prompt : prompt + "\n\n" + String.join("\n\n", texts);
    }

    private String textOrNote(String mention) {
        try {
            return text(mention);
        } catch (UncheckedIOException e) {
            return note(mention, e.getCause());
        } catch (IOException e) {
            return note(mention, e);
        }
    }

    private static String note(String mention, IOException fault) {
        return "[@" + mention + " was left out: " + FileFaults.inWords(fault) + "]";
    }

    private String text(String mention) throws IOException {
        Matcher lines = LINES.matcher(mention);
        if (!Files.exists(find(mention)) && lines.matches()) {
            int first = Integer.parseInt(lines.group(2));
            int last = lines.group(3) == null ? first : Integer.parseInt(lines.group(3));
            return shown(find(lines.group(1)), first, last);
        }
        return shown(find(mention), 1, Integer.MAX_VALUE);
    }

    private Path find(String name) throws IOException {
        try {
            return workspace.resolve(name);
        } catch (Workspace.OutsideWorkspaceException notOurs) {
            return workspace.root().resolve(NOTHING);
        }
    }

    private String shown(Path path, int first, int last) throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> names = Files.list(path)) {
                List<String> shown =
                        names.map(workspace::show).sorted().limit(MAX_NAMES).toList();
                return "<folder path=\"" + workspace.show(path) + "\">\n" + String.join("\n", shown) + "\n</folder>";
            }
        }
        if (!Files.isRegularFile(path)) {
            return "";
        }
        byte[] bytes;
        try (var stream = Files.newInputStream(path)) {
            bytes = stream.readNBytes(MAX_BYTES + 1);
        }
        String name = workspace.show(path);
        for (byte each : bytes) {
            if (each == 0) {
                return "<file path=\"" + name + "\">(not a text)</file>";
            }
        }
        String text = new String(bytes, 0, Math.min(bytes.length, MAX_BYTES), StandardCharsets.UTF_8);
        if (last != Integer.MAX_VALUE) {
            text = String.join(
                    "\n",
                    text.lines()
                            .skip(first - 1L)
                            .limit(Math.max(0, last - first + 1L))
                            .toList());
        }
        String cut = bytes.length > MAX_BYTES ? "\n[the file goes on; read it from where this ends]" : "";
        return "<file path=\"" + name + "\">\n" + text.stripTrailing() + cut + "\n</file>";
    }
}
