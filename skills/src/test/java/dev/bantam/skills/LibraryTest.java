package dev.bantam.skills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Skill;
import dev.bantam.api.Skills;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibraryTest {
    @TempDir
    Path folder;

    @Test
    void theProjectsCardGoesBeforeTheUsersAndBothBeforeTheShippedOne() throws IOException {
        user("git/SKILL.md", card("git", "the user's"));
        user("alone.md", card("alone", "one file"));
        Map<String, byte[]> project = Map.of(
                ".bantam/skills/git.md", card("git", "the project's").getBytes(StandardCharsets.UTF_8),
                ".agents/skills/git/SKILL.md", card("git", "the agents'").getBytes(StandardCharsets.UTF_8),
                ".bantam/settings.json", "{}".getBytes(StandardCharsets.UTF_8));

        Skills both = Library.of(folder, project);
        Skills users = Library.of(folder, Map.of());
        Skills shipped = Library.of(folder.resolve("none"), Map.of());

        assertThat(both.named("git")).get().extracting(Skill::text).isEqualTo("the project's");
        assertThat(users.named("git")).get().extracting(Skill::text).isEqualTo("the user's");
        assertThat(users.named("alone")).get().extracting(Skill::origin).isEqualTo(Skill.Origin.USER);
        assertThat(shipped.named("git")).get().extracting(Skill::origin).isEqualTo(Skill.Origin.SHIPPED);
        assertThat(both.all()).hasSize(shipped.all().size() + 1).doesNotHaveDuplicates();
        assertThat(both.problems())
                .containsExactly("the card .agents/skills/git/SKILL.md is left out: there is another card of that name,"
                        + " .bantam/skills/git.md. Remove one of them");
    }

    @Test
    void cardsOfOtherAgentsAreReadAsTheyAre() throws IOException {
        user("pdf-forms/SKILL.md", """
                \uFEFF---\r
                name: "pdf-forms"   \r
                # a comment
                description: >-
                  Fills in PDF forms. Use it
                  when a form is mentioned: any form.
                license: Apache-2.0
                allowed-tools: [Bash, Read]
                metadata:
                  author: 'somebody''s team'
                  words:
                    - form
                    - pdf
                  patterns: |
                    \\bfill in\\b
                    a, b
                ---

                # Filling in

                Run `scripts/fill.py`.
                """);
        user("pdf-forms/scripts/fill.md", "no card");
        user("pdf-forms/notes.md", "no card");
        user("README.md", "no card");

        Skills skills = Library.of(folder, Map.of());

        assertThat(skills.problems()).isEmpty();
        assertThat(skills.named("pdf-forms")).hasValueSatisfying(skill -> {
            assertThat(skill.description()).isEqualTo("Fills in PDF forms. Use it when a form is mentioned: any form.");
            assertThat(skill.metadata()).containsEntry("author", "somebody's team");
            assertThat(skill.words()).containsExactly("form", "pdf");
            assertThat(skill.patterns()).containsExactly("\\bfill in\\b", "a, b");
            assertThat(skill.kind()).isEmpty();
            assertThat(skill.text()).isEqualTo("# Filling in\n\nRun `scripts/fill.py`.");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # just text                                                | it does not begin with a head. Put "---", "name: broken", "description: …" and "---" before its text, a line each
            ---/name: broken/description: x/text without an end        | it does not begin with a head
            ---/description: x/---/text                                | its head has no name. Add "name: broken"
            ---/name: Broken One/description: x/---/text               | its name "Broken One" is not made of at most 64 lower-case letters
            ---/name: other/description: x/---/text                    | its name is "other", but it lies in "broken". Give both the same name
            ---/name: broken/---/text                                  | its head needs a description of 1 to 1024 characters, and it has 0
            ---/name: broken/description: x/---/                       | it has no text for the model behind its head
            ---/name: broken/what is this/---/text                     | line 3 of it is no "key: value"
            ---/name: broken/name: broken/---/text                     | line 3 of it says name a second time
            ---/name: broken/description: "x/---/text                  | line 3 opens a quote that nothing closes
            ---/metadata:/  a: b/    c: d/  e:/      f: g/---/text     | line 6 of it is nested deeper than cards are
            ---/metadata:/  a: b/   c/d/---/text                       | line 5 of it is no "key: value"
            ---/name: broken/description: x/metadata:/  patterns: ( /---/text | its pattern "(" is no regular expression: Unclosed group
            """)
    void aBrokenCardIsASentenceAndTheOthersStay(String text, String why) throws IOException {
        user("broken.md", text.replace("/", "\n"));

        Skills skills = Library.of(folder, Map.of());

        assertThat(skills.problems())
                .singleElement()
                .asString()
                .startsWith("the card " + folder.resolve("broken.md") + " is left out: " + why);
        assertThat(skills.all()).hasSameSizeAs(Library.places());
    }

    @Test
    void filesThatAreNoTextOrTooLargeAreLeftOut() throws IOException {
        Files.write(folder.resolve("latin.md"), new byte[] {'-', (byte) 0xE4, '-'});
        user("large.md", card("large", "x".repeat(70_000)));

        assertThat(Library.of(folder, Map.of()).problems())
                .satisfiesExactlyInAnyOrder(
                        latin -> assertThat(latin).endsWith("it is no UTF-8 text. Save it as UTF-8"),
                        large -> assertThat(large).contains("larger than 64 KB"));
    }

    private void user(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String card(String name, String text) {
        return "---\nname: " + name + "\ndescription: x\n---\n" + text + "\n";
    }
}
