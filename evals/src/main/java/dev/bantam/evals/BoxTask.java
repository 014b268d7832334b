package dev.bantam.evals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A development task of the model in the box.
 *
 * @param files the workspace at the start, path to text
 * @param expected those that must be there at the end, byte for byte; all others unchanged, nothing added
 * @param command must exit with 0 at the end
 * @param answerContains must occur in the final answer
 */
record BoxTask(
        String id,
        String kind,
        String prompt,
        Map<String, String> files,
        Map<String, String> expected,
        Optional<String> command,
        Optional<String> answerContains) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** All tasks, in their order. */
    static List<BoxTask> all() throws IOException {
        List<BoxTask> tasks = new ArrayList<>();
        try (InputStream stream = BoxTask.class.getResourceAsStream("box/tasks.jsonl")) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                tasks.add(parse(JSON.readTree(line)));
            }
        }
        return tasks;
    }

    private static BoxTask parse(JsonNode node) {
        JsonNode check = node.path("check");
        return new BoxTask(
                node.path("id").asText(),
                node.path("kind").asText(),
                node.path("prompt").asText(),
                texts(node.path("files")),
                texts(check.path("files")),
                Optional.ofNullable(check.get("command")).map(JsonNode::asText),
                Optional.ofNullable(check.get("answer_contains")).map(JsonNode::asText));
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    void layOut(Path workspace) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = workspace.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    /** What is wrong with the outcome; empty when the task is solved. */
    Optional<String> fault(Path workspace, String answer) throws IOException, InterruptedException {
        Map<String, String> wanted = new TreeMap<>(files);
        wanted.putAll(expected);
        Map<String, String> found = read(workspace);
        if (!found.equals(wanted)) {
            return Optional.of("the files are not as expected");
        }
        if (answerContains.isPresent() && !answer.contains(answerContains.get())) {
            return Optional.of("the answer lacks " + answerContains.get());
        }
        if (command.isPresent()) {
            Process process = new ProcessBuilder("sh", "-c", command.get())
                    .directory(workspace.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                return Optional.of("the command still fails");
            }
        }
        return Optional.empty();
    }

    /** The workspace, without what running the tests leaves behind. */
    private static Map<String, String> read(Path workspace) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(workspace)) {
            for (Path path : walk.filter(Files::isRegularFile).toList()) {
                String name = workspace.relativize(path).toString();
                if (!name.startsWith("out/") && !name.contains("__pycache__") && !name.endsWith(".class")) {
                    texts.put(name, Files.readString(path));
                }
            }
        }
        return texts;
    }
}
