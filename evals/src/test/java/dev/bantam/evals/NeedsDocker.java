package dev.bantam.evals;

import dev.bantam.sandbox.docker.Engine;
import dev.bantam.sandbox.image.Language;
import dev.bantam.sandbox.image.WorkspaceImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets tests run where there is an engine with an image, and where {@code -Pdocker} requires it. */
final class NeedsDocker implements ExecutionCondition {
    private static final boolean REQUIRED =
            List.of(System.getProperty("sandboxes", "").split(",")).contains("docker");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isPresent() || REQUIRED) {
            return ConditionEvaluationResult.enabled("decided for the class, or required");
        }
        Optional<String> obstacle = obstacle();
        if (obstacle.isEmpty()) {
            return ConditionEvaluationResult.enabled("there is one");
        }
        String line = "NOT RUN: " + context.getRequiredTestClass().getSimpleName() + ", since " + obstacle.get()
                + ". To make it required: -Pdocker";
        System.out.println(line);
        return ConditionEvaluationResult.disabled(line);
    }

    private static Optional<String> obstacle() {
        try (Engine engine = Engine.find(System.getenv())) {
            return System.getenv("BANTAM_TEST_IMAGE") != null
                            || WorkspaceImage.among(engine.images().names(), Set.of(Language.JAVA, Language.PYTHON))
                                    .isPresent()
                    ? Optional.empty()
                    : Optional.of("no image with Java and Python is there (bantam sandbox build)");
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }
}
