package dev.bantam.ext.evidence;

import dev.bantam.api.ExtensionContext;
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
    private final ExtensionContext context;
    private final List<Fact> facts = new ArrayList<>();
    private int unreadable;

    /** Of this session; a new one has none. */
    FactFile(ExtensionContext context) {
        this.context = context;
        if (!context.earlier().isEmpty()) {
            readAll();
        }
    }

    private void readAll() {
        Path file = file();
        try {
            if (Files.exists(file)) {
                new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .forEach(this::read);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the evidence of this session cannot be read from " + file, e);
        }
    }

    private Path file() {
        return context.sessionFolder().resolve("evidence.jsonl");
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
        try (RandomAccessFile out = new RandomAccessFile(file().toFile(), "rw")) {
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
