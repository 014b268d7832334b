package dev.bantam.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bantam.api.Schema;
import dev.bantam.api.Skill;
import dev.bantam.api.ToolSpec;
import dev.bantam.app.models.ModelChoice;
import dev.bantam.app.sandbox.SandboxChoice;
import dev.bantam.app.sandbox.Sandboxes;
import dev.bantam.app.sessions.SessionChoice;
import dev.bantam.app.setup.Configuration;
import dev.bantam.app.setup.Exit;
import dev.bantam.app.setup.Invocation;
import dev.bantam.app.setup.RunOptions;
import dev.bantam.skills.Library;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cards in the whole program: their examples against the tools that there are, and the ways to ask for one. */
class SkillCardsTest {
    private static final Pattern EXAMPLE = Pattern.compile("^([a-z_]+) (\\{.*})$", Pattern.MULTILINE);
    private static final String DONE = "{\"text\":\"done\"}";

    /** They come with extensions that a run may be without. */
    private static final Set<String> BROUGHT =
            Set.of("evidence_add", "evidence_get", "evidence_list", "shell", "web_fetch", "web_search");

    @TempDir
    Path folder;

    private Started bantam;

    @BeforeEach
    void start() throws IOException {
        bantam = new Started(folder);
    }

    @Test
    void everyExampleCallOfACardIsOneThatItsToolTakes() throws Exception {
        Map<String, ToolSpec> tools = tools().stream().collect(Collectors.toMap(ToolSpec::name, Function.identity()));
        Set<String> shown = new TreeSet<>();
        for (Skill card : Library.of(folder.resolve("none"), Map.of()).all()) {
            Matcher example = EXAMPLE.matcher(card.text());
            while (example.find()) {
                String tool = example.group(1);
                shown.add(tool);
                assertThat(tools.containsKey(tool) || BROUGHT.contains(tool))
                        .as(tool)
                        .isTrue();
                if (tools.containsKey(tool)) {
                    assertThat(faults(tools.get(tool), example.group(2)))
                            .as(card.name() + ": " + example.group())
                            .isEmpty();
                }
            }
        }
        assertThat(shown).contains("bash", "edit", "glob", "grep", "ls", "read", "write");
    }

    @Test
    void anExampleWithAnotherNameOrTypeWouldBeFound() throws Exception {
        ToolSpec read = tools().stream()
                .filter(tool -> tool.name().equals("read"))
                .findFirst()
                .orElseThrow();

        assertThat(faults(read, "{\"file_path\": \"a\"}")).hasSize(2);
        assertThat(faults(read, "{\"path\": \"a\", \"limit\": \"7\"}")).containsExactly("limit is no integer");
    }

    @Test
    void aSkillAtTheBeginningOfAPromptIsGivenAndItsWordsAreAsked() throws IOException {
        assertThat(bantam.run("-p", "/skill:git undo my last commit", "-m", bantam.script(DONE)))
                .isZero();

        assertThat(session())
                .contains("\"undo my last commit\"", "Git. Look first")
                .doesNotContain("/skill:git");
    }

    @Test
    void aSkillThatIsNotThereOrAsksNothingIsSaid() throws IOException {
        assertThat(bantam.run("-p", "/skill:gitt undo it", "-m", bantam.script(DONE)))
                .isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).contains("there is no command /skill:gitt. Did you mean git?");

        assertThat(bantam.run("-p", "/skill:git", "-m", bantam.script(DONE))).isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).contains("/skill:git asks the model nothing by itself", "-p \"/skill:git …\"");
    }

    @Test
    void otherPromptsThatBeginWithASlashAreAskedAsTheyAre() throws IOException {
        assertThat(bantam.run("-p", "/usr/lib:what is it?", "-m", bantam.script(DONE)))
                .isZero();
        assertThat(bantam.run("-p", "/a:b", "-m", bantam.script(DONE))).isZero();
    }

    @Test
    void theOnlyFileThatNobodyTrustedIsNamed() throws IOException {
        bantam.file(".cursorrules", "- Obey.\n");

        assertThat(bantam.run("-p", "Hello", "-m", bantam.script(DONE))).isZero();

        assertThat(bantam.err())
                .contains("this project brings .cursorrules, which nobody trusted yet; it is not used.");
    }

    @Test
    void aProjectsCardsAreUsedOnceTheyAreTrustedAndBrokenOnesAreSaid() throws IOException {
        bantam.file(".agents/skills/deploy/SKILL.md", "---\nname: deploy\ndescription: x\n---\nPush to the mill.\n");
        bantam.file(".bantam/skills/broken.md", "no head");

        assertThat(bantam.run("-p", "/skill:deploy now", "-m", bantam.script(DONE)))
                .isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).contains("2 files in .bantam/ or .agents/skills/ that nobody trusted yet");
        assertThat(bantam.run("-p", "/skill:deploy now", "--trust", "-m", bantam.script(DONE)))
                .isZero();

        assertThat(bantam.err())
                .contains("the card .bantam/skills/broken.md is left out: it does not begin with a head");
        assertThat(session()).contains("Push to the mill.");
    }

    /** The last session's file. */
    private String session() throws IOException {
        try (Stream<Path> files = Files.walk(bantam.sessions())) {
            // ids of one second are in no order
            Path last = files.filter(file -> file.toString().endsWith(".jsonl"))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .orElseThrow();
            return Files.readString(last);
        }
    }

    /** What the model is offered in a usual session. */
    private List<ToolSpec> tools() throws Exception {
        RunOptions options = new RunOptions();
        options.model = bantam.script(DONE);
        options.noSession = true;
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Invocation invocation = new Invocation(
                Map.of("HOME", bantam.home.toString()),
                bantam.workspace,
                new ByteArrayInputStream(new byte[0]),
                nowhere,
                nowhere,
                false,
                false,
                false);
        Configuration configuration = Configuration.of(options, invocation);
        ModelChoice.Chosen chosen = new ModelChoice(
                        configuration.settings(), configuration.places(), invocation.environment())
                .open(found -> Optional.empty());
        SandboxChoice sandbox = Sandboxes.choose(configuration, invocation.environment());
        try (Wiring wiring = Wiring.start(
                configuration,
                chosen,
                sandbox,
                () -> SessionChoice.of(options, configuration),
                event -> {},
                Optional.empty())) {
            return wiring.agent().nextRequest().tools();
        }
    }

    private static List<String> faults(ToolSpec spec, String json) throws IOException {
        Map<String, Object> values = new ObjectMapper().readValue(json, new TypeReference<Map<String, Object>>() {});
        Map<String, Schema.Field> fields =
                spec.parameters().fields().stream().collect(Collectors.toMap(Schema.Field::name, Function.identity()));
        Stream<String> missing = fields.values().stream()
                .filter(field -> field.required() && !values.containsKey(field.name()))
                .map(field -> field.name() + " is missing");
        Stream<String> wrong = values.entrySet().stream()
                .filter(entry -> !fields.containsKey(entry.getKey())
                        || !fits(fields.get(entry.getKey()).type(), entry.getValue()))
                .map(entry -> fields.containsKey(entry.getKey())
                        ? entry.getKey() + " is no "
                                + fields.get(entry.getKey()).type().typeName()
                        : "there is no " + entry.getKey());
        return Stream.concat(missing, wrong).toList();
    }

    private static boolean fits(Schema type, Object value) {
        return switch (type) {
            case Schema.Text text -> value instanceof String;
            case Schema.Whole whole -> value instanceof Integer;
            case Schema.Real real -> value instanceof Number;
            case Schema.Flag flag -> value instanceof Boolean;
            case Schema.ListOf list -> value instanceof List;
            case Schema.Struct struct -> value instanceof Map;
        };
    }
}
