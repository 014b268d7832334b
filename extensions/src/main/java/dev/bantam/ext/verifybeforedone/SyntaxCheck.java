package dev.bantam.ext.verifybeforedone;

import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Workspace.OutsideWorkspaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Parses changed files, each with the parser of its language where there is one. Nothing is compiled or written. */
final class SyntaxCheck {
    private static final int MOST_FILES = 20;
    private static final long LARGEST = 1 << 20; // bytes
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int SHOWN = 800;

    private final ExtensionContext context;

    SyntaxCheck(ExtensionContext context) {
        this.context = context;
    }

    /** A file that cannot be parsed. */
    record Broken(String path, String fault) {}

    Optional<Broken> firstBroken(Collection<String> changed) {
        return changed.stream()
                .limit(MOST_FILES)
                .map(this::check)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Broken> check(String path) {
        try {
            Path file = context.workspace().resolve(path);
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return Optional.empty();
            }
            return fault(path, file).map(fault -> new Broken(path, shortened(fault)));
        } catch (IOException | OutsideWorkspaceException e) {
            return Optional.empty();
        }
    }

    private Optional<String> fault(String path, Path file) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "json" -> Parsers.json(path, file);
            case "xml", "xsd", "svg" -> Parsers.xml(file);
            case "java" -> JavaParser.fault(file);
            default -> Checker.of(name).flatMap(checker -> by(checker, path));
        };
    }

    private Optional<String> by(Checker checker, String path) {
        CommandRun run = CommandRun.of(context, checker.line(path), LIMIT);
        return switch (run.ending()) {
            case FAILED -> Optional.of(run.output().strip()).filter(checker::isSyntax);
            case PASSED, OVER_LIMIT, NOT_RUN -> Optional.empty();
        };
    }

    private static String shortened(String fault) {
        return fault.length() <= SHOWN ? fault : "[…] " + fault.substring(fault.length() - SHOWN);
    }
}
