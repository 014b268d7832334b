package dev.bantam.ext.evidence;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The facts of a session, in a file that only grows. A line that the end of a process cut is left out. */
final class FactFile {
    private final Path file;
    private final List<Fact> facts = new ArrayList<>();
    private int unreadable;

    private FactFile(Path file) {
        this.file = file;
    }

    static FactFile in(Path folder) {
        FactFile book = new FactFile(folder.resolve("evidence.jsonl"));
        try {
            if (Files.exists(book.file)) {
                new String(Files.readAllBytes(book.file), StandardCharsets.UTF_8)
                        .lines()
                        .forEach(book::read);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the evidence of this session cannot be read from " + book.file, e);
        }
        return book;
    }

    private void read(String line) {
        if (!line.isBlank()) {
            Optional<Fact> fact = Fact.parse(line);
            fact.ifPresent(facts::add);
            unreadable += fact.isPresent() ? 0 : 1;
        }
    }

    List<Fact> facts() {
        return Collections.unmodifiableList(facts);
    }

    /** Lines that hold no fact. */
    int unreadable() {
        return unreadable;
    }

    Optional<Fact> find(String id) {
        return facts.stream().filter(fact -> fact.id().equalsIgnoreCase(id)).findFirst();
    }

    /** Adds a fact; it is written before it counts. */
    Fact add(String text, String source) throws IOException {
        Fact fact = new Fact("e" + (facts.size() + unreadable + 1), text, source);
        Files.createDirectories(file.getParent());
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            long length = out.length();
            out.seek(Math.max(0, length - 1));
            boolean torn = length > 0 && out.read() != '\n';
            out.seek(length);
            out.write(((torn ? "\n" : "") + fact.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        facts.add(fact);
        return fact;
    }
}
