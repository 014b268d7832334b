package dev.bantam.ext.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Event;
import dev.bantam.api.Extension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plays every script with all extensions, with none, and with each one alone left out, and compares what came of it with the
 * README; {@link Section} says how the README is written anew.
 */
class ReadmeTablesTest {
    private static final List<Extension> ALL = Stage.allExtensions();

    @TempDir
    Path folder;

    private final Map<String, Set<String>> seen = new ConcurrentHashMap<>();

    /** @param broken extensions without which it ends badly */
    private record Row(String name, boolean withNone, boolean withAll, List<String> broken) {
        String line() {
            String without = broken.stream().map(each -> "`" + each + "`").collect(Collectors.joining(", "));
            return "| " + name + " | " + word(withNone) + " | " + word(withAll) + " | "
                    + (without.isEmpty() ? "–" : without) + " |\n";
        }

        private static String word(boolean well) {
            return well ? "well" : "badly";
        }
    }

    @Test
    void theTablesInTheReadmeAreTrue() throws IOException {
        List<Row> failures;
        try (Page page = new Page("/rates")) {
            failures = FailureScripts.failures(page.site()).parallelStream()
                    .map(this::row)
                    .toList();
        }
        List<Row> honest = FailureScripts.honestWork().parallelStream()
                .map(script ->
                        new Row(script.name(), well(script, "none", List.of()), well(script, "all", ALL), List.of()))
                .toList();

        assertThat(failures).filteredOn(row -> !row.withAll()).isEmpty();
        assertThat(honest).filteredOn(row -> !row.withAll()).isEmpty();
        assertThat(failures.stream().flatMap(row -> row.broken().stream()).collect(Collectors.toSet()))
                .as("the others can be switched off without any script ending badly")
                .containsExactlyInAnyOrderElementsOf(
                        ALL.stream().map(Extension::name).toList());
        String head = "| Script | None on | All on | Ends badly without |\n|---|---|---|---|\n";
        new Section("failure scripts").isOrBecomes(head + lines(failures) + lines(honest));
        new Section("mechanisms").isOrBecomes(MechanismTable.of(ALL, new TreeMap<>(seen)));
    }

    private static String lines(List<Row> rows) {
        return rows.stream().map(Row::line).collect(Collectors.joining());
    }

    private Row row(FailureScript script) {
        List<String> broken = ALL.stream()
                .map(Extension::name)
                .filter(name -> !well(script, "without-" + name, Stage.without(name)))
                .toList();
        return new Row(script.name(), well(script, "none", List.of()), well(script, "all", ALL), broken);
    }

    private boolean well(FailureScript script, String how, List<Extension> extensions) {
        try {
            Path own = Files.createDirectories(folder.resolve(script.name().replaceAll("\\W", "-") + "/" + how));
            Played played = Stage.play(script, extensions, own);
            for (Event.Decided decided : played.decisions()) {
                seen.computeIfAbsent(decided.extension(), name -> ConcurrentHashMap.newKeySet())
                        .add(decided.kind() + " " + decided.verdict());
            }
            return script.endedWell(played);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
