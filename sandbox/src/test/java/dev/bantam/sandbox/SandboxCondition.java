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
        if (REQUIRED.contains(kind)) {
            return ConditionEvaluationResult.enabled(kind); // where it is missing, every test fails with the reason
        }
        String notRun = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SandboxCondition.class))
                .computeIfAbsent(kind, SandboxCondition::notRun, String.class);
        return notRun.isEmpty() ? ConditionEvaluationResult.enabled(kind) : ConditionEvaluationResult.disabled(notRun);
    }

    /** Said once for all tests of a kind; empty when they can run. */
    private static String notRun(String kind) {
        Optional<String> obstacle = obstacle(kind);
        if (obstacle.isEmpty()) {
            return "";
        }
        String line = "NOT RUN: the tests of the sandbox " + kind + ", since " + obstacle.get()
                + ". To make them required: " + (kind.equals("docker") ? "-Pdocker" : "-Dsandboxes=" + kind);
        System.out.println(line);
        return line;
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
