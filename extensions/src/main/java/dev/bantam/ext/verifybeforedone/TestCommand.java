package dev.bantam.ext.verifybeforedone;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells commands that run tests from others. */
final class TestCommand {
    private static final Pattern OUTPUT_ONLY = Pattern.compile(
            "(?:\\s*2>&1)?(?:\\s*\\|\\s*(?:tail|head|grep|cat|less|more)\\b[^|;&<>]*)*(?:\\s*\\|\\|\\s*true)?\\s*;?\\s*$");
    private static final Pattern TESTS =
            Pattern.compile("^(?:cd [\\w./-]+\\s*&&\\s*)?(?:[A-Z_]+=[\\w./:-]*\\s+)*(?:timeout \\S+\\s+)?"
                    + "(?:\\S*/)?(?:pytest|py\\.test|tox|nox|python3? -m (?:pytest|unittest|nose2?)|uv run (?:pytest|python -m pytest)"
                    + "|poetry run pytest|(?:npm|pnpm|yarn|bun) (?:run )?test|npx (?:jest|vitest|mocha)|jest|vitest|mocha|node --test|deno test"
                    + "|cargo (?:test|nextest run)|go test|mvnw?\\b[^;&|<>]*\\b(?:test|verify)|gradlew? (?:test|check)|make (?:test|check)"
                    + "|ctest|dotnet test|rspec|bundle exec rspec|rake test|phpunit|mix test|swift test|zig build test|sbt test"
                    + "|(?:bash |sh |python3? )?\\.?/?[\\w/]*(?:test|check)[\\w-]*\\.(?:sh|py))\\b[^|;&<>`$]*$");

    private TestCommand() {}

    /** The plain command that a line runs tests with; empty when it does something else, or more. */
    static Optional<String> in(String line) {
        Matcher output = OUTPUT_ONLY.matcher(line.strip());
        String plain = output.find() ? line.strip().substring(0, output.start()).strip() : line.strip();
        return TESTS.matcher(plain).matches() ? Optional.of(plain) : Optional.empty();
    }
}
