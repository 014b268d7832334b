package dev.bantam.ext.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Event;
import dev.bantam.api.Extension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
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
    void theTablesInTheReadmeAreTrue() throws Exception {
        List<Row> failures;
        List<Row> honest;
        try (Page page = new Page("/rates")) {
            failures = rows(FailureScripts.failures(page.site()), this::row);
            honest = rows(FailureScripts.honestWork(), script -> row(script, List.of()));
        }

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

    /** Not on the common pool: the HTTP client of the JDK needs that. */
    private static List<Row> rows(List<FailureScript> scripts, Function<FailureScript, Row> work) throws Exception {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Callable<Row>> plays = new ArrayList<>();
            scripts.forEach(script -> plays.add(() -> work.apply(script)));
            List<Row> rows = new ArrayList<>();
            for (Future<Row> played : threads.invokeAll(plays)) {
                rows.add(played.get());
            }
            return rows;
        }
    }

    private Row row(FailureScript script) {
        List<String> broken = ALL.stream()
                .map(Extension::name)
                .filter(name -> !well(script, "without-" + name, Stage.without(name)))
                .toList();
        return row(script, broken);
    }

    private Row row(FailureScript script, List<String> broken) {
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
