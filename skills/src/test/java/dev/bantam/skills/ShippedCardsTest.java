package dev.bantam.skills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Skill;
import dev.bantam.api.Skills;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShippedCardsTest {
    private static final Map<String, String> KINDS =
            Map.of("tools", "tool", "knowledge", "knowledge", "protocols", "protocol");
    private static final Set<String> KEYS = Set.of("kind", "tools", "words", "phrases", "patterns");

    private final Skills shipped = Library.of(Path.of("no such folder"), Map.of());

    @Test
    void everyFileOfTheModuleIsACardThatIsFound() throws IOException {
        Set<String> files = new TreeSet<>();
        for (String folder : KINDS.keySet()) {
            try (Stream<Path> walk = Files.walk(Path.of(folder))) {
                walk.filter(Files::isRegularFile)
                        .forEach(file -> files.add(file.toString().replace('\\', '/')));
            }
        }

        assertThat(shipped.problems()).isEmpty();
        assertThat(Library.places()).containsExactlyInAnyOrderElementsOf(files);
        assertThat(shipped.all()).extracting(Skill::file).containsExactlyInAnyOrderElementsOf(files);
    }

    @Test
    void eachSaysItsKindAndHowItIsFound() {
        for (Skill skill : shipped.all()) {
            assertThat(skill.kind()).isEqualTo(KINDS.get(skill.file().split("/")[0]));
            assertThat(skill.metadata().keySet()).as(skill.name()).isSubsetOf(KEYS);
            assertThat(skill.words().size()
                            + skill.phrases().size()
                            + skill.patterns().size())
                    .as("signs of " + skill.name())
                    .isPositive();
            assertThat(skill.words())
                    .as("words of " + skill.name() + ": one that is found with its s must not count twice")
                    .noneMatch(word -> skill.words().contains(word + "s"));
            assertThat(skill.text())
                    .as(skill.name())
                    .matches(text -> StandardCharsets.US_ASCII.newEncoder().canEncode(text));
        }
        Map<String, Long> counts =
                shipped.all().stream().collect(Collectors.groupingBy(Skill::kind, Collectors.counting()));
        assertThat(counts.get("tool")).isGreaterThanOrEqualTo(14);
        assertThat(counts.get("knowledge")).isGreaterThanOrEqualTo(13);
        assertThat(counts.get("protocol")).isEqualTo(3);
    }
}
