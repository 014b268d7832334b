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

    /** How the usual ones say that there is nothing to run, with a failure's exit code: that is no failing test. */
    private static final Pattern NONE = Pattern.compile("(?im)^(?:=+ )?no tests ran\\b"
            + "|No rule to make target ['`](?:test|check)'|Missing script: \"?test\\b|Could not read package\\.json"
            + "|^Error: no test specified|there is no POM in this directory");

    private TestCommand() {}

    /** Whether what a failed run printed says that no test was there to fail. */
    static boolean foundNone(String output) {
        return NONE.matcher(output).find();
    }

    /** The plain command that a line runs tests with; empty when it does something else, or more. */
    static Optional<String> in(String line) {
        Matcher output = OUTPUT_ONLY.matcher(line.strip());
        String plain = output.find() ? line.strip().substring(0, output.start()).strip() : line.strip();
        return TESTS.matcher(plain).matches() ? Optional.of(plain) : Optional.empty();
    }
}
