package dev.bantam.ext.memorybank;

import dev.bantam.ext.text.JsonText;
import dev.bantam.ext.text.ParsedJson;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The last tasks of a project, and how they ended. */
final class Tasks {
    private static final int MOST = 20;
    private static final int LONGEST = 200;

    private final List<Map<String, Object>> earlier = new ArrayList<>();

    /** @throws ParseException when it is not what {@link #file} wrote */
    @SuppressWarnings("unchecked") // keys of JSON objects are texts
    void read(String file) throws ParseException {
        if (ParsedJson.object(file).get("tasks") instanceof List<?> tasks) {
            for (Object each : tasks) {
                if (each instanceof Map<?, ?> task) {
                    earlier.add((Map<String, Object>) task);
                }
            }
        }
    }

    /** Another prompt: the task until now is one of the earlier ones. */
    void finish(Notes notes) {
        if (!notes.task().isBlank()) {
            earlier.add(entry(notes));
        }
    }

    /** All of them, the one that goes on last. */
    String file(Notes now) {
        List<Map<String, Object>> all = new ArrayList<>(earlier);
        all.add(entry(now));
        List<Map<String, Object>> newest = all.subList(Math.max(0, all.size() - MOST), all.size());
        return newest.stream().map(JsonText::of).collect(Collectors.joining(",\n  ", "{\"tasks\": [\n  ", "\n]}\n"));
    }

    /** The newest of the earlier ones, for the model. */
    String lines(int count) {
        return earlier.subList(Math.max(0, earlier.size() - count), earlier.size()).stream()
                .map(each -> "- " + each.get("task") + " (" + each.get("outcome") + ")")
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, Object> entry(Notes notes) {
        Map<String, Object> entry = new LinkedHashMap<>();
        String line = notes.task().strip().lines().findFirst().orElse("");
        entry.put("task", line.length() > LONGEST ? line.substring(0, LONGEST) + " …" : line);
        entry.put("outcome", notes.outcome());
        entry.put("changed", notes.changed());
        return entry;
    }
}
