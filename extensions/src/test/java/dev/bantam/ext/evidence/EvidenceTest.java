package dev.bantam.ext.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Event;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.ToolResult;
import dev.bantam.core.hooks.Extensions;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.ext.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceTest {
    private static final String FACT = "The rate is read once, in Rates.load, and never again.";

    @TempDir
    Path folder;

    private Path workspace;
    private Rig rig;

    @BeforeEach
    void start() throws IOException {
        workspace = Files.createDirectory(folder.resolve("workspace"));
        Files.writeString(workspace.resolve("Rates.java"), "class Rates {\n  int load() { return 1; }\n}\n");
        rig = rig();
    }

    private Rig rig() {
        return new Rig(workspace).folders(folder.resolve("data")).with(new Evidence());
    }

    @Test
    void keepsAFactAndShowsItAgain() {
        rig.model
                .calls("evidence_add", "fact", FACT, "source", "Rates.java:2")
                .calls("evidence_list")
                .calls("evidence_get", "id", "1")
                .says("ok");

        rig.run("go");

        String shown = "e1: " + FACT + " (Rates.java:2)";
        assertThat(results()).containsExactly("kept as e1", shown, shown);
    }

    @Test
    void carriesEveryFactWholeThroughACompaction() {
        String longFact = "ligature ﬁ, quotes \"\\ and\nline breaks: " + "x".repeat(900);
        String filler = "seen ".repeat(8_000);
        rig.model
                .calls("evidence_add", "fact", longFact, "source", "Rates.java:2")
                .calls("evidence_add", "fact", FACT, "source", "https://example.org/rates")
                .says(filler)
                .says(filler)
                .says(filler)
                .says("a summary that says nothing of it")
                .says("ok");

        rig.run("one");
        rig.run("two");
        rig.run("three");
        rig.run("four");

        assertThat(rig.events(Event.Compacted.class)).hasSize(1);
        assertThat(rig.conversation().getFirst().text())
                .contains("e1: " + longFact + " (Rates.java:2)\ne2: " + FACT + " (https://example.org/rates)");
    }

    @Test
    void addsNothingTwice() {
        rig.model
                .calls("evidence_add", "fact", FACT, "source", "Rates.java:2")
                .calls(
                        "evidence_add",
                        "fact",
                        " the RATE is read  once, in Rates.load, and never again.",
                        "source",
                        "Rates.java:2")
                .calls("evidence_add", "fact", FACT, "source", "grep -n load Rates.java")
                .says("ok");

        rig.run("go");

        assertThat(results()).containsExactly("kept as e1", "already there as e1", "kept as e2");
    }

    @Test
    void aSessionThatIsTakenUpAgainHasItsFacts() throws IOException {
        rig.model.calls("evidence_add", "fact", FACT, "source", "Rates.java:2").says("ok");
        rig.run("go");
        rig.close();
        Path file = folder.resolve("data/sessions/test/evidence/evidence.jsonl");
        Files.writeString(file, "{\"id\": \"e2\", \"fact\": \"cut in the mi", StandardOpenOption.APPEND);

        Rig resumed = rig().after(List.of(Message.User.of("go")));
        resumed.model
                .calls("evidence_add", "fact", "another one", "source", "ls")
                .calls("evidence_list")
                .says("ok");
        resumed.run("go on");

        assertThat(resumed.conversation().get(5).text())
                .isEqualTo("e1: " + FACT + " (Rates.java:2)\ne3: another one (ls)");
        assertThat(resumed.decisions()).contains("evidence session restored");
        Rig again = rig().after(List.of(Message.User.of("go")));
        again.model.calls("evidence_list").says("ok");
        again.run("and on");
        assertThat(again.lastRead()).contains("e1: ", "e3: ");
    }

    @Test
    void anotherSessionOfTheSameProcessKnowsNothingOfThem() {
        Rig other = rig().session("other");
        rig.model.calls("evidence_add", "fact", FACT, "source", "Rates.java:2").says("ok");
        other.model.calls("evidence_list").says("ok");

        rig.run("go");
        other.run("go");

        assertThat(other.lastRead()).isEqualTo("nothing is kept yet");
    }

    @Test
    void refusesAFactOfMoreThanAKilobyteAndSaysWhatToDo() {
        rig.model
                .calls("evidence_add", "fact", "é".repeat(513), "source", "Rates.java:2")
                .calls("evidence_add", "fact", "é".repeat(512), "source", "Rates.java:2")
                .says("ok");

        rig.run("go");

        assertThat(results())
                .containsExactly(
                        "evidence_add refused: the fact has 1026 bytes, and 1024 is the most. Keep only the sentence or the"
                                + " lines that prove it. Nothing was kept.",
                        "kept as e1");
        assertThat(rig.events(Event.ToolFinished.class).getFirst().result()).isInstanceOf(ToolResult.Refused.class);
    }

    @Test
    void refusesASourceThatDoesNotExist() {
        for (String source : List.of("Rate.java:2", "Rates.java:4", "../x:1", "Rates.java:2-9", " ")) {
            rig.model.calls("evidence_add", "fact", FACT, "source", source);
        }
        for (String source :
                List.of("Rates.java:1-3", "docker run -p 80:80 x", "https://example.org:80", "Rates.java")) {
            rig.model.calls("evidence_add", "fact", FACT, "source", source);
        }
        rig.model.says("ok");

        rig.run("go");

        assertThat(results().subList(0, 5))
                .allMatch(text -> text.startsWith("evidence_add refused: ") && text.endsWith("Nothing was kept."));
        assertThat(results().get(1)).contains("Rates.java has no line 4: it has 3.");
        assertThat(results().subList(5, 9)).containsExactly("kept as e1", "kept as e2", "kept as e3", "kept as e4");
    }

    @Test
    void isBoundedInNumberAndInShareOfTheWindow() {
        rig.set("evidence.max-facts", 2);
        Rig large = rig().session("large");
        for (int i = 0; i < 3; i++) {
            rig.model.calls("evidence_add", "fact", "fact " + i, "source", "ls");
        }
        for (int i = 0; i < 20; i++) {
            large.model.calls("evidence_add", "fact", i + "x".repeat(1_000), "source", "ls");
        }
        rig.model.says("ok");
        large.model.says("ok");

        rig.run("go");
        large.run("go");

        assertThat(rig.lastRead())
                .isEqualTo(
                        "evidence_add refused: the evidence is full with 2 facts, and they all stay. Nothing was kept."
                                + " Write what else you find into a file of the workspace, or go on with what is there:"
                                + " evidence_list shows it.");
        assertThat(large.conversation())
                .filteredOn(message -> message.text().startsWith("kept as"))
                .hasSizeBetween(14, 16); // an eighth of 32,768 tokens, at four characters each
    }

    @Test
    void namesTheFactsThatThereAre() {
        rig.model
                .calls("evidence_add", "fact", "x".repeat(200) + "\nmore", "source", "ls")
                .calls("evidence_get", "id", "e7")
                .calls("evidence_list")
                .says("ok");

        rig.run("go");

        assertThat(results().get(1))
                .isEqualTo("evidence_get failed: there is no fact e7. There are: e1. evidence_list shows them.");
        assertThat(results().get(2)).isEqualTo("e1: " + "x".repeat(100) + " … (ls)");
    }

    @Test
    void costsAPromptNothingUnlessItIsSwitchedOn() throws ConfigException {
        Extensions found = Extensions.find(folder.resolve("none"));

        assertThat(found.choose(List.of())).noneMatch(Evidence.class::isInstance);
        assertThat(found.choose(List.of("+evidence"))).anyMatch(Evidence.class::isInstance);
    }

    @Test
    void saysNothingToAModelThatDoesNotUseIt() {
        rig.model.answers(new Message.Assistant(List.of(new Part.Text("done")), Finish.STOP));

        rig.run("go");

        assertThat(rig.conversation()).hasSize(1);
        assertThat(rig.decisions()).isEmpty();
    }

    private List<String> results() {
        return rig.events(Event.ToolFinished.class).stream()
                .map(finished -> finished.result().content())
                .toList();
    }
}
