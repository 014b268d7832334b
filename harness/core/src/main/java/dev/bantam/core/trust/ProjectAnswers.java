package dev.bantam.core.trust;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the user answered, a text for each project. The file is replaced as a whole. */
final class ProjectAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Path file;

    ProjectAnswers(Path file) {
        this.file = file;
    }

    Optional<String> of(Path workspace) throws IOException {
        return Optional.ofNullable(read().get(workspace.toString()));
    }

    void keep(Path workspace, String answer) throws IOException {
        Map<String, String> answers = read();
        answers.put(workspace.toString(), answer);
        Files.createDirectories(file.getParent());
        Path fresh = Files.createTempFile(file.getParent(), "answers", ".json");
        Files.write(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(answers));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Map<String, String> read() throws IOException {
        if (!Files.exists(file)) {
            return new TreeMap<>();
        }
        try {
            return JSON.readValue(Files.readAllBytes(file), new TypeReference<TreeMap<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "the file " + file + " is damaged; move it away, and projects are asked for again", e);
        }
    }
}
