package dev.bantam.tui;

import dev.bantam.api.SlashCommand;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes slash commands at the beginning of a line, and file names of the workspace after an {@code @}. */
final class Completion implements Completer {
    private static final int MOST = 500;

    private final Path workspace;
    private final Supplier<List<SlashCommand>> commands;

    Completion(Path workspace, Supplier<List<SlashCommand>> commands) {
        this.workspace = workspace;
        this.commands = commands;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String word = line.word().substring(0, line.wordCursor());
        if (line.wordIndex() == 0 && word.startsWith("/")) {
            for (SlashCommand command : commands.get()) {
                String help = Clean.line(command.help());
                candidates.add(new Candidate("/" + command.name(), "/" + command.name(), null, help, null, null, true));
            }
        } else if (word.startsWith("@")) {
            files(word.substring(1), candidates);
        }
    }

    private void files(String typed, List<Candidate> candidates) {
        String folder = typed.substring(0, typed.lastIndexOf('/') + 1);
        String start = typed.substring(folder.length());
        Path within = workspace.resolve(folder).normalize();
        if (!within.startsWith(workspace) || !Files.isDirectory(within, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(within)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                boolean wanted = name.startsWith(start) && (start.startsWith(".") || !name.startsWith("."));
                if (wanted && Clean.text(name).equals(name) && candidates.size() < MOST) {
                    boolean isFolder = Files.isDirectory(entry);
                    String value = "@" + folder + name + (isFolder ? "/" : "");
                    candidates.add(new Candidate(value, value, null, null, null, null, !isFolder));
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            candidates.clear(); // a folder that cannot be read has nothing to offer
        }
    }
}
