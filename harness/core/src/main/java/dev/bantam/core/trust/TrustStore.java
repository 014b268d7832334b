package dev.bantam.core.trust;

import java.io.IOException;
import java.nio.file.Path;

/** The projects that the user trusts, each bound to what it brought when the user said so. */
public final class TrustStore {
    private final ProjectAnswers digests;

    public TrustStore(Path file) {
        digests = new ProjectAnswers(file);
    }

    /** Whether the user trusted exactly these inputs of this project. */
    public boolean trusts(Path workspace, ProjectInputs inputs) throws IOException {
        return !inputs.digest().isEmpty()
                && digests.of(workspace).filter(inputs.digest()::equals).isPresent();
    }

    /** Remembers that the user trusts them. */
    public void trust(Path workspace, ProjectInputs inputs) throws IOException {
        digests.keep(workspace, inputs.digest());
    }
}
