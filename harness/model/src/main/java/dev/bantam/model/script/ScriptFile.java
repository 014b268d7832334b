package dev.bantam.model.script;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.bantam.api.Arguments;
import dev.bantam.api.Finish;
import dev.bantam.api.ModelException;
import dev.bantam.api.Part;
import dev.bantam.model.server.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A script: JSON lines, one reply each. {@code text}, {@code thinking} and {@code tool_calls} say what the model says;
 * {@code finish} ({@code stop}, {@code tool_calls}, {@code length}, …) overrides how it ends, {@code delay_ms} makes it
 * wait before. Blank lines and lines that begin with {@code #} or {@code //} are skipped.
 */
final class ScriptFile {
    /** One reply. The calls have no ids yet. */
    record Line(List<Part> parts, Finish finish, Duration delay) {}

    private static final Set<String> KEYS = Set.of("text", "thinking", "tool_calls", "finish", "delay_ms");
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final Path file;

    private ScriptFile(Path file) {
        this.file = file;
    }

    static List<Line> read(Path file) throws ModelException {
        List<String> texts;
        try {
            texts = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new ModelException(ModelException.Kind.REJECTED, "The script " + file + " does not exist.", e);
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "The script " + file + " cannot be read as UTF-8 text: " + e.getMessage(),
                    e);
        }
        ScriptFile script = new ScriptFile(file);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i).strip();
            if (!text.isEmpty() && !text.startsWith("#") && !text.startsWith("//")) {
                lines.add(script.line(text, i + 1));
            }
        }
        return lines;
    }

    private Line line(String text, int number) throws ModelException {
        JsonNode json;
        try {
            json = Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw wrong(number, "is no JSON: " + e.getOriginalMessage());
        }
        if (!json.isObject()) {
            throw wrong(number, "is no JSON object");
        }
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (!KEYS.contains(field.getKey())) {
                throw wrong(
                        number,
                        "has the unknown key \"" + field.getKey() + "\"; known are "
                                + KEYS.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
        List<Part> parts = new ArrayList<>();
        text(json, "thinking", number).ifPresent(thinking -> parts.add(new Part.Thinking(thinking)));
        text(json, "text", number).ifPresent(words -> parts.add(new Part.Text(words)));
        int before = parts.size();
        for (JsonNode call : json.path("tool_calls")) {
            parts.add(call(call, number));
        }
        Finish usual = parts.size() > before ? Finish.TOOL_CALLS : Finish.STOP;
        return new Line(
                parts,
                finish(json, number).orElse(usual),
                Duration.ofMillis(Math.max(0, json.path("delay_ms").asLong())));
    }

    private Part.ToolCall call(JsonNode call, int number) throws ModelException {
        JsonNode arguments = call.path("arguments");
        if (!call.path("tool").isTextual() || !arguments.isMissingNode() && !arguments.isObject()) {
            throw wrong(number, "has a tool call that is not {\"tool\": NAME, \"arguments\": {…}}");
        }
        return new Part.ToolCall(
                "",
                call.get("tool").asText(),
                arguments.isObject() ? new Arguments(Json.MAPPER.convertValue(arguments, OBJECT)) : Arguments.NONE);
    }

    private Optional<String> text(JsonNode json, String key, int number) throws ModelException {
        JsonNode value = json.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw wrong(number, "has a \"" + key + "\" that is no text");
        }
        return Optional.of(value.asText()).filter(text -> !text.isEmpty());
    }

    private Optional<Finish> finish(JsonNode json, int number) throws ModelException {
        Optional<String> word = text(json, "finish", number);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(Finish.values())
                .filter(finish -> finish.word().equals(word.get()))
                .findFirst()
                .orElseThrow(() -> wrong(
                        number,
                        "has an unknown \"finish\"; it is one of "
                                + Arrays.stream(Finish.values())
                                        .map(Finish::word)
                                        .collect(Collectors.joining(", ")))));
    }

    private ModelException wrong(int number, String what) {
        return new ModelException(
                ModelException.Kind.UNUSABLE, "Line " + number + " of the script " + file + " " + what + ".");
    }
}
