package dev.bantam.ext.skillinject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Event;
import dev.bantam.api.Message;
import dev.bantam.api.SlashCommand;
import dev.bantam.ext.FailingBash;
import dev.bantam.ext.FileTools;
import dev.bantam.ext.Rig;
import dev.bantam.ext.text.Template;
import dev.bantam.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkillInjectTest {
    private static final String PLAIN = "Greet me."; // names no tool by its words
    private static final String EDIT = "`edit` replaces one text in a file.";

    @TempDir
    Path folder;

    private Rig rig;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("app.py"), "x = 1\n");
        rig = new Rig(folder).with(new SkillInject());
    }

    @Test
    void theWordsOfTheTaskChooseBeforeTheFirstRequest() {
        rig.model.says("ok");

        rig.run("Change x in app.py.");

        assertThat(rig.conversation()).hasSize(2);
        assertThat(rig.lastRead())
                .startsWith("Notes on your tools, to go on with the task")
                .contains(EDIT);
        assertThat(reasons()).containsExactly("cards: edit (the task's words)");
    }

    @Test
    void aToolThatFailedGoesBeforeAllOthers() {
        rig.model
                .calls("read", "path", "app.py")
                .calls("edit", "path", "app.py", "old_text", "y", "new_text", "z")
                .says("ok");
        rig.set("skill-inject.tokens", 115);

        rig.run(PLAIN);

        assertThat(reasons()).containsExactly("cards: read (used)", "cards: edit (failed)");
        assertThat(rig.lastRead()).contains(EDIT, "- Not found: `read` the file again and copy what stands there now.");
    }

    @Test
    void aFailureThatWasMadeGoodIsNone() {
        rig.model
                .calls("edit", "path", "app.py", "old_text", "y", "new_text", "z")
                .calls("edit", "path", "app.py", "old_text", "x", "new_text", "z")
                .says("ok");
        rig.set("skill-inject.tokens", 0);
        rig.run(PLAIN);
        Rig resumed = new Rig(folder).with(new SkillInject()).session("again").after(rig.conversation());
        resumed.model.says("ok");

        resumed.run(PLAIN);

        assertThat(reasonsOf(resumed)).containsExactly("cards: edit (used)");
    }

    @Test
    void aCardIsNotRepeatedWhileItStandsInTheConversation() {
        rig.model
                .calls("edit", "path", "app.py", "old_text", "y", "new_text", "z")
                .calls("edit", "path", "app.py", "old_text", "w", "new_text", "z")
                .says("ok")
                .says("ok");

        rig.run("Change x in app.py.");
        rig.run("Change x once more.");

        assertThat(reasons()).containsExactly("cards: edit (the task's words)");
        List<Message> last = rig.conversation();
        assertThat(last.stream().filter(message -> message.text().contains(EDIT)))
                .hasSize(1);
        rig.model
                .requests()
                .forEach(request ->
                        assertThat(last).startsWith(request.messages().toArray(Message[]::new)));
    }

    @Test
    void whatACompactionTookAwayComesAgain() throws Exception {
        Files.writeString(folder.resolve("long.txt"), "a line of a long file\n".repeat(3_000));
        rig.model.calls("read", "path", "long.txt").says("ok").says("a summary").says("again");
        rig.run("Change x in app.py.");

        assertThat(rig.agent().compact()).isTrue();
        rig.run("Change y in app.py, too.");

        assertThat(rig.lastRead()).contains(EDIT);
        assertThat(reasons())
                .containsExactly(
                        "cards: edit (the task's words)", "cards: read (used)", "cards: edit (the task's words)");
    }

    @Test
    void cardsOfARequestKeepTheirBudget() {
        rig.set("skill-inject.tokens", 130);
        rig.model.says("ok");

        rig.run("Create the new file b.py, change app.py, run the tests and explain what you find.");

        assertThat(rig.model.countTokens(rig.lastRead())).isLessThan(150);
        assertThat(reasons().getFirst()).doesNotContain(",");
    }

    @Test
    void aSmallWindowGetsFewerCardsAndALargeOneMore() {
        int small = cardTokens(8_192);
        int usual = cardTokens(32_768);
        int large = cardTokens(262_144);

        assertThat(small).isLessThanOrEqualTo(150);
        assertThat(usual).isBetween(151, 300);
        assertThat(large).isBetween(301, 600);
    }

    /** What the cards of a task with many hints cost in such a window. */
    private int cardTokens(int window) {
        Rig sized = new Rig(folder, new ScriptedModel(window)).with(new SkillInject());
        sized.model.says("ok");
        sized.run("Create b.py, change app.py, show its folder, find all usages and run the tests.");
        return sized.model.countTokens(sized.lastRead())
                - sized.model.countTokens(
                        Template.of(SkillInject.class, "cards.md").text());
    }

    @Test
    void whatAWordHintedAtDoesNotComeLater() {
        rig.set("skill-inject.tokens", 130);
        rig.model.calls("grep", "pattern", "x").says("ok");

        rig.run("Change app.py, show its folder, find all usages and run the tests.");

        assertThat(reasons()).hasSize(1);
    }

    @Test
    void aWindowThatIsNearlyFullGetsNone() {
        rig.model.says("ok");

        rig.run("Change x in app.py." + " xyz".repeat(28_000));

        assertThat(reasons()).isEmpty();
    }

    @Test
    void theCardsOfRequiredToolsAreThereFromTheStart() {
        rig.set("skill-inject.required", List.of("write", "bash", "read", "edit"));
        rig.set("skill-inject.tokens", 10);
        rig.model.calls("read", "path", "app.py").says("ok");

        rig.run(PLAIN);

        assertThat(reasons())
                .containsExactly("cards: write (required), bash (required), read (required), edit (required)");
    }

    @Test
    void aCardDoesNotNameToolsThatAreNotThere() {
        rig.tools(FileTools.all().stream()
                .filter(tool -> !tool.spec().name().equals("read"))
                .toList());
        rig.model.says("ok");

        rig.run("Change x in app.py.");

        assertThat(rig.lastRead()).contains(EDIT).doesNotContain("`read`", "`grep`", "`glob`");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Research how other editors store undo histories.",
                "Do some research on vector databases.",
                "Look up what the limit of a Windows path is.",
                "Find out which licence the fonts have.",
                "Search the web for a free icon set.",
                "What is the latest version of Gradle?",
                "What are the best practices for storing passwords?",
                "Compare the three most used charting libraries.",
                "Write a summary of TLS 1.3 and list your sources.",
                "Which header wins according to the RFC?",
                "Give me an overview of garbage collectors.",
                "Please fact-check the README.",
                "Who invented the binary heap, and in what year?"
            })
    void aResearchTaskGetsItsDirectiveLast(String task) {
        rig.model.says("ok");

        rig.run(task);

        assertThat(rig.lastRead()).startsWith("This needs sources, not memory:");
        assertThat(rig.lastRead())
                .contains("What the project itself tells, `read` there.")
                .doesNotContain("web_search", "evidence_add");
        assertThat(reasons()).last().asString().startsWith("protocol: ").endsWith("research (the task's form)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Fix the bug in research.py.",
                "Look up the user in the dictionary instead of the list.",
                "The version in pyproject.toml is too old; set it to 2.0.",
                "Compare the two lists and return what differs.",
                "Add a search box to the web page.",
                "Give the button an icon."
            })
    void ordinaryWorkGetsNoDirective(String task) {
        rig.model.says("ok");

        rig.run(task);

        assertThat(reasons()).allSatisfy(reason -> assertThat(reason).doesNotStartWith("protocol"));
    }

    @Test
    void theOtherProtocolsAreReachable() {
        rig.model.says("ok").says("ok");

        rig.run("Where is the tax rate defined?");
        assertThat(rig.lastRead()).startsWith("Look before you answer:");

        rig.run("Please do this:\n1. add a field\n2. show it on the page\n3. test it\n");
        assertThat(rig.lastRead()).startsWith("A task with several parts:");
    }

    @Test
    void aCardThatThePersonAsksForComesWithTheNextRequestOnly() {
        rig.model.says("ok").says("ok");
        SlashCommand command = command("skill:git");

        assertThat(command.run().apply(""))
                .matches("The card git \\(\\d+ tokens\\) goes to the model with the next request\\.");
        assertThat(command.prompt().apply("")).isEmpty();
        rig.run(PLAIN);
        rig.run(PLAIN);

        assertThat(rig.model.requests().getFirst().messages().getLast().text()).startsWith("Git. Look first:");
        assertThat(reasons()).containsExactly("asked for: git");
    }

    @Test
    void wordsBehindACardAreAskedAtOnce() {
        SlashCommand command = command("skill:git");

        command.run().apply(" undo my commit ");

        assertThat(command.prompt().apply(" undo my commit ")).isEqualTo(Optional.of("undo my commit"));
    }

    @Test
    void theListNamesEveryCardWithItsSourceAndCost() throws IOException {
        Files.createDirectories(rig.configFolder().resolve("skills"));
        Files.writeString(
                rig.configFolder().resolve("skills/mine.md"),
                "---\nname: mine\ndescription: about me\n---\n12345678\n");
        Files.writeString(rig.configFolder().resolve("skills/bad.md"), "no card");
        rig.trusted(".bantam/skills/ours.md", "---\nname: ours\ndescription: about us\n---\n1234\n");

        String list = command("skills").run().apply("");

        assertThat(list.lines().map(String::strip).map(line -> line.replaceAll(" +", " ")))
                .startsWith(
                        "This project's",
                        "ours 1 tokens about us",
                        "Yours, in " + rig.configFolder().resolve("skills"),
                        "mine 2 tokens about me",
                        "Bantam's")
                .anyMatch(line -> line.startsWith("edit 1"))
                .anyMatch(
                        line -> line.startsWith("the card " + rig.configFolder().resolve("skills/bad.md")));
    }

    @Test
    void withoutFailureUseOrWordsThereIsNothingToSay() {
        rig.model.says("ok");

        rig.run(PLAIN);

        assertThat(rig.conversation()).hasSize(1);
        assertThat(rig.decisions()).isEmpty();
    }

    @Test
    void twoSessionsOfOneProcessShareNothing() {
        Rig other = new Rig(folder).with(new SkillInject()).session("other");
        rig.tools(List.of(new FailingBash("no")));
        rig.model.calls("bash", "command", "x").says("ok");
        other.model.says("ok");
        command("skill:git").run().apply("");

        rig.run(PLAIN);
        other.run(PLAIN);

        assertThat(reasons()).containsExactly("asked for: git", "cards: bash (failed)");
        assertThat(reasonsOf(other)).isEmpty();
    }

    private SlashCommand command(String name) {
        return rig.agent().commands().stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> reasons() {
        return reasonsOf(rig);
    }

    private static List<String> reasonsOf(Rig rig) {
        return rig.events(Event.Decided.class).stream()
                .filter(decided -> decided.extension().equals("skill-inject"))
                .map(Event.Decided::reason)
                .toList();
    }
}
