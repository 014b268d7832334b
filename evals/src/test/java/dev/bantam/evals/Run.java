package dev.bantam.evals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A run of the program that is over. */
record Run(int exit, String out, String err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Standard output as events; every line must be one. */
    List<JsonNode> events() throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : out.lines().toList()) {
            events.add(JSON.readTree(line));
        }
        return events;
    }

    List<JsonNode> events(String type) throws IOException {
        return events().stream()
                .filter(event -> event.path("type").asText().equals(type))
                .toList();
    }

    JsonNode finished() throws IOException {
        return events("run_finished").getLast();
    }

    /** What the tools answered, one after the other. */
    List<String> results() throws IOException {
        return events("tool_finished").stream()
                .map(event -> event.path("status").asText() + ": "
                        + event.path("content").asText())
                .collect(Collectors.toList());
    }
}
