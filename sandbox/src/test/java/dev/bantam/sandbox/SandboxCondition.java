package dev.bantam.sandbox;

import dev.bantam.sandbox.docker.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides for {@link NeedsSandbox}. */
final class SandboxCondition implements ExecutionCondition {
    private static final List<String> REQUIRED =
            List.of(System.getProperty("sandboxes", "").split(","));

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            return ConditionEvaluationResult.enabled("decided for the class");
        }
        String kind =
                context.getRequiredTestClass().getAnnotation(NeedsSandbox.class).value();
        Optional<String> obstacle = obstacle(kind);
        if (obstacle.isEmpty() || REQUIRED.contains(kind)) {
            return ConditionEvaluationResult.enabled(kind); // required and missing: every test fails with the reason
        }
        String line = "NOT RUN: " + context.getRequiredTestClass().getSimpleName() + ", since " + kind + ": "
                + obstacle.get() + ". To make it required: -Dsandboxes=" + kind;
        System.out.println(line);
        return ConditionEvaluationResult.disabled(line);
    }

    private static Optional<String> obstacle(String kind) {
        return switch (kind) {
            case "bubblewrap" -> bubblewrap();
            case "docker" -> TestEngine.obstacle();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Optional<String> bubblewrap() {
        try {
            Path workspace = Files.createTempDirectory("bantam-probe");
            try {
                Unprivileged.give(workspace);
                return Bubblewrap.obstacle(Confinement.of(workspace, Map.of("HOME", "/root")));
            } finally {
                Files.delete(workspace);
            }
        } catch (IOException | InterruptedException e) {
            return Optional.of(e.toString());
        }
    }
}
