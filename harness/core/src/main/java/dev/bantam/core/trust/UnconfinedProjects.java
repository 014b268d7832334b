package dev.bantam.core.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The projects for which the user was asked whether commands may run without a sandbox, and the answers. */
public final class UnconfinedProjects {
    private static final String YES = "yes";
    private static final String NO = "no";

    private final ProjectAnswers answers;

    public UnconfinedProjects(Path file) {
        answers = new ProjectAnswers(file);
    }

    /** Empty when the user was never asked. */
    public Optional<Boolean> answer(Path workspace) throws IOException {
        return answers.of(workspace).map(YES::equals);
    }

    public void keep(Path workspace, boolean allowed) throws IOException {
        answers.keep(workspace, allowed ? YES : NO);
    }
}
