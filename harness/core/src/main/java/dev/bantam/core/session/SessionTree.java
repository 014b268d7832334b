package dev.bantam.core.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A session file as read: its entries, and what could not be read. A torn last line is expected after a kill; a damaged
 * line elsewhere is reported, and the entries that hung below it hang below the line before it.
 */
public final class SessionTree {

    /** @param parent the id of the entry before, empty for the first */
    public record Entry(String id, String parent, JsonNode event) {
        public String type() {
            return event.path("type").asText();
        }
    }

    private final Path path;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> before = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private String leaf = "";
    private int highestId;
    private long size;

    private SessionTree(Path path) {
        this.path = path;
    }

    /** @throws IOException when the file cannot be read, or holds no session */
    public static SessionTree read(Path path) throws IOException {
        SessionTree tree = new SessionTree(path);
        byte[] bytes = Files.readAllBytes(path);
        tree.size = bytes.length;
        String text = new String(bytes, StandardCharsets.UTF_8);
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            boolean torn = i == lines.length - 1;
            if (!lines[i].isBlank()) {
                tree.add(lines[i], i + 1, torn);
            }
        }
        if (tree.entries.isEmpty()) {
            throw new IOException("the file " + path + " holds no session"
                    + (tree.problems.isEmpty() ? "" : ": " + tree.problems.getFirst()));
        }
        return tree;
    }

    private void add(String line, int number, boolean torn) {
        try {
            JsonNode node = MessageJson.JSON.readTree(line);
            String id = MessageJson.required(node, "id").asText();
            JsonNode event = MessageJson.required(node, "event");
            MessageJson.required(event, "type");
            entries.put(id, new Entry(id, node.path("parent").asText(), event));
            before.put(id, leaf);
            leaf = id;
            highestId = Math.max(highestId, Integer.parseInt(id));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            if (!torn) {
                problems.add("line " + number + " is damaged and was left out");
            }
        }
    }

    public Path path() {
        return path;
    }

    /** The entry that was written last. */
    public String leaf() {
        return leaf;
    }

    int highestId() {
        return highestId;
    }

    /** How many bytes were read. */
    long size() {
        return size;
    }

    /** What could not be read, one sentence each; empty for a whole file or one with a torn last line. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** All entries in the order of the file, those of left branches included. */
    public List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** The entries from the first to the leaf. */
    public List<Entry> branch() {
        List<Entry> branch = new ArrayList<>();
        Entry entry = entries.get(leaf);
        while (entry != null) {
            branch.add(entry);
            String parent = entry.parent();
            boolean lost = !parent.isEmpty() && !entries.containsKey(parent);
            entry = entries.get(lost ? before.get(entry.id()) : parent);
        }
        return branch.reversed();
    }
}
