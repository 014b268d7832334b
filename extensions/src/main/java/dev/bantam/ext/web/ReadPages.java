package dev.bantam.ext.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Which pages the model has read in this session, how far, and what evidence it took from them: all that is left of them
 * after a compaction. Kept in a file that only grows, one line for each part or piece of evidence.
 */
final class ReadPages {
    static final String EVIDENCE_TOOL = "evidence_add";

    private static final int MOST_CARRIED = 12;
    private static final int LONGEST_TITLE = 80;

    private final Supplier<Path> file;
    private final BooleanSupplier evidenceIsKept;
    private Map<String, Entry> pages; // by address, the last read at the end; null until asked for

    /** @param file asked for when something is read or kept */
    ReadPages(Supplier<Path> file, BooleanSupplier evidenceIsKept) {
        this.file = file;
        this.evidenceIsKept = evidenceIsKept;
    }

    private static final class Entry {
        private String title = "";
        private int until;
        private int total;
        private final TreeSet<String> evidence = new TreeSet<>();
    }

    boolean evidenceIsKept() {
        return evidenceIsKept.getAsBoolean();
    }

    synchronized void part(Page page, int to) throws IOException {
        pages();
        keep(List.of(
                "part",
                page.url().toString(),
                page.title(),
                to + "",
                page.text().length() + ""));
    }

    /** A fact was kept under an id; its source may be one of the pages. */
    synchronized void evidence(String source, String id) throws IOException {
        for (String url : List.copyOf(pages().keySet())) {
            if (source.contains(url)) {
                keep(List.of("evidence", url, id));
            }
        }
    }

    private void keep(List<String> fields) throws IOException {
        String line =
                fields.stream().map(field -> field.replaceAll("\\s+", " ")).collect(Collectors.joining("\t", "", "\n"));
        take(line.strip());
        Files.writeString(
                file.get(), line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Map<String, Entry> pages() throws IOException {
        if (pages == null) {
            pages = new LinkedHashMap<>();
            Path kept = file.get();
            if (Files.exists(kept)) {
                new String(Files.readAllBytes(kept), StandardCharsets.UTF_8)
                        .lines()
                        .forEach(this::take);
            }
        }
        return pages;
    }

    private void take(String line) {
        String[] field = line.split("\t", -1);
        boolean part = field.length == 5 && field[0].equals("part") && (field[3] + field[4]).matches("\\d{2,18}");
        if (part) {
            Entry entry = pages.containsKey(field[1]) ? pages.remove(field[1]) : new Entry();
            entry.title = field[2];
            entry.until = Math.max(entry.until, Integer.parseInt(field[3]));
            entry.total = Integer.parseInt(field[4]);
            pages.put(field[1], entry);
        } else if (field.length == 3 && field[0].equals("evidence") && pages.containsKey(field[1])) {
            pages.get(field[1]).evidence.add(field[2]);
        }
    }

    /** A line for each of the pages read last; empty when there are none. */
    synchronized String summary() throws IOException {
        List<Map.Entry<String, Entry>> all = List.copyOf(pages().entrySet());
        return all.subList(Math.max(0, all.size() - MOST_CARRIED), all.size()).stream()
                .map(page -> line(page.getKey(), page.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String line(String url, Entry entry) {
        String title =
                entry.title.length() > LONGEST_TITLE ? entry.title.substring(0, LONGEST_TITLE) + "…" : entry.title;
        return "- " + url + (title.isEmpty() ? "" : " (" + title + ")")
                + (entry.until >= entry.total
                        ? ": read to its end"
                        : ": read to character " + entry.until + " of " + entry.total + " (cursor)")
                + (entry.evidence.isEmpty() ? "" : "; evidence " + String.join(", ", entry.evidence));
    }
}
