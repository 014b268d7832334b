package dev.bantam.evals;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the program promises of its events, held against those of a run. */
final class EventShape {
    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("session_started", "id cwd model sandbox extensions"),
            Map.entry("turn_started", "turn"),
            Map.entry("prefill", "turn done total cached tokens_per_s"),
            Map.entry("text_delta", "turn text"),
            Map.entry("thinking_delta", "turn text"),
            Map.entry("assistant_message", "turn text tool_calls finish usage"),
            Map.entry("tool_started", "turn id tool arguments"),
            Map.entry("tool_finished", "turn id tool status content took_ms"),
            Map.entry("decision", "turn extension kind verdict reason"),
            Map.entry("compacted", "turn before_tokens after_tokens"),
            Map.entry("escalated", "turn from to reason"),
            Map.entry("run_finished", "outcome reason answer turns usage cost_usd"));
    private static final Set<String> USAGE = Set.of("input", "output", "cached");
    private static final Set<String> NUMBERS = Set.of(
            "turn",
            "done",
            "total",
            "cached",
            "tokens_per_s",
            "took_ms",
            "before_tokens",
            "after_tokens",
            "turns",
            "cost_usd",
            "input",
            "output");
    private static final Set<String> NESTED = Set.of("usage", "arguments", "tool_calls", "extensions");

    private EventShape() {}

    /** Each event has exactly its fields, and together they tell one run from its beginning to its end. */
    static void check(List<JsonNode> events) {
        events.forEach(EventShape::check);
        assertThat(types(events)).startsWith("session_started").endsWith("run_finished");
        assertThat(types(events)).containsOnlyOnce("session_started", "run_finished");
        int turn = 0;
        StringBuilder said = new StringBuilder();
        List<String> open = new ArrayList<>();
        for (JsonNode event : events) {
            switch (event.path("type").asText()) {
                case "turn_started" -> {
                    assertThat(event.path("turn").asInt()).isEqualTo(++turn);
                    said.setLength(0);
                }
                case "text_delta" -> said.append(event.path("text").asText());
                case "assistant_message" ->
                    assertThat(event.path("text").asText().strip())
                            .isEqualTo(said.toString().strip());
                case "tool_started" -> open.add(event.path("id").asText());
                case "tool_finished" ->
                    assertThat(open.remove(event.path("id").asText())).isTrue();
                default -> {} // nothing to follow
            }
            if (event.has("turn")) {
                assertThat(event.path("turn").asInt()).as("turn of %s", event).isEqualTo(turn);
            }
        }
        assertThat(open).as("calls that never finished").isEmpty();
        assertThat(events.getLast().path("turns").asInt()).isEqualTo(turn);
    }

    static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").asText()).toList();
    }

    private static void check(JsonNode event) {
        String type = event.path("type").asText();
        assertThat(FIELDS).as("the type of %s", event).containsKey(type);
        Set<String> wanted = new TreeSet<>(Set.of(FIELDS.get(type).split(" ")));
        wanted.addAll(Set.of("type", "at"));
        assertThat(names(event)).as("the fields of %s", event).isEqualTo(wanted);
        assertThat(Instant.parse(event.path("at").asText())).isBefore(Instant.now());
        checkKinds(event);
        if (event.has("usage")) {
            assertThat(names(event.path("usage"))).isEqualTo(USAGE);
            checkKinds(event.path("usage"));
        }
        for (JsonNode call : event.path("tool_calls")) {
            assertThat(names(call)).isEqualTo(Set.of("id", "tool", "arguments"));
        }
        switch (type) {
            case "tool_finished" -> assertThat(event.path("status").asText()).isIn("done", "refused", "failed");
            case "run_finished" ->
                assertThat(event.path("outcome").asText()).isIn("completed", "stopped", "failed", "cancelled");
            default -> {} // no fixed words
        }
    }

    private static void checkKinds(JsonNode object) {
        object.properties().forEach(field -> {
            JsonNode value = field.getValue();
            boolean fits = NUMBERS.contains(field.getKey())
                    ? value.isNumber() && value.asDouble() >= 0
                    : NESTED.contains(field.getKey()) ? value.isContainerNode() : value.isTextual();
            assertThat(fits).as("the kind of %s in %s", field.getKey(), object).isTrue();
        });
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
