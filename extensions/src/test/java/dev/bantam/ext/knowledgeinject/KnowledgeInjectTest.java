package dev.bantam.ext.knowledgeinject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Event;
import dev.bantam.api.Message;
import dev.bantam.api.Skill;
import dev.bantam.api.Skills;
import dev.bantam.ext.FailingBash;
import dev.bantam.ext.Rig;
import dev.bantam.skills.Library;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KnowledgeInjectTest {
    private static final Skills SHIPPED = Library.of(Path.of("no such folder"), Map.of());
    private static final String PARSING = "Extend the calculator: evaluate expressions with operator precedence.";

    @TempDir
    Path folder;

    /** A task and the card for it; {@code -} for none. */
    record Expected(String card, String task) {}

    static List<Expected> tasks() throws IOException {
        try (var in = KnowledgeInjectTest.class.getResourceAsStream("tasks.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(": ", 2))
                    .map(parts -> new Expected(parts[0], parts[1]))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void aTaskGetsTheCardThatFitsIt(Expected expected) {
        Rig rig = rig();
        rig.model.says("ok");

        rig.run(expected.task());

        List<String> cards = cards(rig);
        if (expected.card().equals("-")) {
            assertThat(cards).isEmpty();
        } else {
            assertThat(cards).first().isEqualTo(expected.card());
            assertThat(rig.lastRead())
                    .contains(SHIPPED.named(cards.getLast()).orElseThrow().text());
        }
    }

    @Test
    void everyShippedCardIsReachedAndNoneIsGivenForEverything() throws IOException {
        Map<String, Integer> times = new HashMap<>();
        for (Expected expected : tasks()) {
            Rig rig = rig();
            rig.model.says("ok");
            rig.run(expected.task());
            cards(rig).forEach(card -> times.merge(card, 1, Integer::sum));
        }

        assertThat(tasks().stream().map(Expected::card).collect(Collectors.toSet()))
                .containsAll(
                        SHIPPED.ofKind("knowledge").stream().map(Skill::name).toList());
        assertThat(times.values()).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(3));
    }

    @Test
    void anErrorBringsItsCardBeforeTheNextRequestAndOnce() {
        Rig rig = rig().tools(List.of(new FailingBash("ModuleNotFoundError: No module named 'yaml'")));
        rig.model
                .calls("bash", "command", "python app.py")
                .calls("bash", "command", "python3 app.py")
                .says("ok");

        rig.run("Start the program and tell me what it prints.");

        assertThat(rig.model.requests().getFirst().messages()).hasSize(1);
        assertThat(rig.model.requests().get(1).messages().getLast().text()).startsWith("Something is not found.");
        assertThat(cards(rig)).containsExactly("missing-dependencies");
    }

    @Test
    void wordsOfTheTaskAndOfTheErrorCountTogether() {
        Rig rig = rig().tools(List.of(new FailingBash("panic: all cents must be whole")));
        rig.model.calls("bash", "command", "go run .").says("ok");

        rig.run("Print the price list.");

        assertThat(cards(rig)).containsExactly("money-and-floats");
    }

    @Test
    void anErrorThatAddsNothingBringsNothing() {
        Rig rig = rig().tools(List.of(new FailingBash("error 17")));
        rig.model.calls("bash", "command", "make").says("ok");

        rig.run(PARSING);

        assertThat(cards(rig)).containsExactly("parsing");
    }

    @Test
    void aCardStandsAtTheEndAndWhatWasReadBeforeStaysTheSame() {
        Rig rig = rig();
        rig.model.calls("read", "path", "a.txt").says("ok").says("again");

        rig.run(PARSING);
        rig.run("Evaluate the expression 2 ** 3 with that operator precedence, too.");

        List<List<Message>> requests =
                rig.model.requests().stream().map(request -> request.messages()).toList();
        assertThat(requests.get(0))
                .hasSize(2)
                .last()
                .extracting(Message::text)
                .asString()
                .startsWith("Parsing.");
        assertThat(requests.get(1).subList(0, 2)).isEqualTo(requests.get(0));
        assertThat(requests.get(2).subList(0, requests.get(1).size())).isEqualTo(requests.get(1));
        assertThat(cards(rig)).containsExactly("parsing");
    }

    @Test
    void whatACompactionTookAwayComesAgain() throws Exception {
        Files.writeString(folder.resolve("long.txt"), "a line of a long file\n".repeat(3_000));
        Rig rig = rig();
        rig.model.calls("read", "path", "long.txt").says("ok").says("a summary").says("again");
        rig.run(PARSING);

        assertThat(rig.agent().compact()).isTrue();
        rig.run("Go on: the calculator must evaluate expressions with the right operator precedence.");

        assertThat(rig.lastRead()).startsWith("Parsing.");
        assertThat(cards(rig)).containsExactly("parsing", "parsing");
    }

    @Test
    void aWellFilledWindowGetsNoCards() {
        Rig rig = rig();
        rig.model.says("ok");

        rig.run(PARSING + "\n" + "x y z. ".repeat(8_000));

        assertThat(cards(rig)).isEmpty();
    }

    @Test
    void whatWasReadSinceTheLastReplyFillsTheWindowToo() {
        Rig rig = rig().tools(List.of(new FailingBash("x y z. ".repeat(9_000) + "ModuleNotFoundError")));
        rig.model.calls("bash", "command", "python app.py").says("ok");

        rig.run("Start the program.");

        assertThat(cards(rig)).isEmpty();
    }

    @Test
    void aFileThatThePersonMentionedIsNoTask() {
        Rig rig = rig();
        rig.model.says("ok");

        rig.run("What is in @a.py?\n\n<file path=\"a.py\">\n# a sudoku solver by backtracking\n</file>");

        assertThat(cards(rig)).isEmpty();
    }

    @Test
    void theBudgetOfATaskIsKept() {
        Rig rig = rig().set("knowledge-inject.tokens", 100);
        rig.model.says("ok");

        rig.run(PARSING);

        assertThat(cards(rig)).isEmpty();
    }

    @Test
    void aLongCardIsGivenInPartWithTheWayToTheRest() {
        String card = "---\nname: pdf-forms\ndescription: x\n---\n" + "Forms are filled in by a script.\n".repeat(100);
        Rig rig = rig().trusted(".agents/skills/pdf-forms/SKILL.md", card);
        rig.model.says("ok");

        rig.run("Fill in the PDF forms of this folder.");

        assertThat(rig.lastRead())
                .startsWith("Forms are filled in by a script.\n")
                .endsWith("(More of this stands in .agents/skills/pdf-forms/SKILL.md.)");
        assertThat(rig.model.countTokens(rig.lastRead())).isBetween(120, 150);
    }

    @Test
    void theUsersOwnCardTakesThePlaceOfAShippedOne() throws IOException {
        Rig rig = rig();
        Path own = Files.createDirectories(rig.configFolder().resolve("skills")).resolve("parsing.md");
        Files.writeString(
                own,
                "---\nname: parsing\ndescription: x\nmetadata:\n  kind: knowledge\n  words: calculator\n"
                        + "  phrases: operator precedence\n---\nUse our own parser in lib/parse.\n");
        rig.model.says("ok");

        rig.run(PARSING);

        assertThat(rig.lastRead()).isEqualTo("Use our own parser in lib/parse.");
    }

    @Test
    void twoSessionsOfOneProcessShareNothing() {
        Rig first = rig();
        Rig second = rig().session("second");
        first.model.says("ok");
        second.model.says("ok");

        first.run(PARSING);
        second.run(PARSING);

        assertThat(cards(first)).isEqualTo(cards(second)).containsExactly("parsing");
    }

    private Rig rig() {
        return new Rig(folder).with(new KnowledgeInject());
    }

    /** The names of the cards that were given, in order. */
    private static List<String> cards(Rig rig) {
        return rig.events(Event.Decided.class).stream()
                .filter(decided -> decided.extension().equals("knowledge-inject"))
                .map(decided -> decided.reason().split(" ")[0])
                .toList();
    }
}
