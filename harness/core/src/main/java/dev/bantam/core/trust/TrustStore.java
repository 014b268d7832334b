package dev.bantam.core.trust;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/** The projects that the user trusts, each bound to what it brought when the user said so. */
public final class TrustStore {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Path file;

    public TrustStore(Path file) {
        this.file = file;
    }

    /** Whether the user trusted exactly these inputs of this project. */
    public boolean trusts(Path workspace, ProjectInputs inputs) throws IOException {
        return inputs.digest().equals(read().get(workspace.toString()))
                && !inputs.digest().isEmpty();
    }

    /** Remembers that the user trusts them. The file is replaced as a whole. */
    public void trust(Path workspace, ProjectInputs inputs) throws IOException {
        Map<String, String> trusted = read();
        trusted.put(workspace.toString(), inputs.digest());
        Files.createDirectories(file.getParent());
        Path fresh = Files.createTempFile(file.getParent(), "trust", ".json");
        Files.write(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(trusted));
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
