package dev.bantam.ext.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Arguments;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Event;
import dev.bantam.api.Event.Outcome;
import dev.bantam.api.Extension;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.Part;
import dev.bantam.ext.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All extensions at once: no two fight, and no two sessions share anything. */
class InterplayTest {
    private static final List<Extension> ALL = Stage.allExtensions();
    private static final String ANNOUNCED = "Done. Now let me run the tests.";
    private static Page page;

    @TempDir
    Path folder;

    @BeforeAll
    static void serve() throws IOException {
        page = new Page("/rates");
    }

    @AfterAll
    static void stop() {
        page.close();
    }

    static Stream<FailureScript> scripts() {
        return Stream.concat(FailureScripts.failures(page.site()).stream(), FailureScripts.honestWork().stream());
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aTurnIsObjectedToOnceAtMost(FailureScript script) throws IOException {
        for (Rig rig : Stage.play(script, ALL, folder).rigs()) {
            Map<Integer, List<String>> objections = rig.events(Event.Decided.class).stream()
                    .filter(decided -> decided.kind().equals("turn"))
                    .filter(decided -> List.of("nudge", "take_up", "roll_back").contains(decided.verdict()))
                    .collect(Collectors.groupingBy(
                            Event.Decided::turn, Collectors.mapping(Event.Decided::extension, Collectors.toList())));

            assertThat(objections.values()).allSatisfy(who -> assertThat(who).hasSize(1));
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void eachRequestBeginsWithTheOneBefore(FailureScript script) throws IOException {
        Played played = Stage.play(script, ALL, folder);
        for (int session = 0; session < played.models().size(); session++) {
            List<ChatRequest> requests = played.models().get(session).requests();
            boolean compacted =
                    !played.rigs().get(session).events(Event.Compacted.class).isEmpty();
            for (int i = 1; i < requests.size(); i++) {
                ChatRequest before = requests.get(i - 1);
                ChatRequest after = requests.get(i);
                assertThat(after.system()).isEqualTo(before.system());
                assertThat(after.tools()).isEqualTo(before.tools());
                if (!compacted || after.messages().size() >= before.messages().size()) {
                    assertThat(after.messages()).startsWith(before.messages().toArray(Message[]::new));
                }
            }
        }
    }

    @Test
    void aRunAtItsLimitIsNotAskedAgain() throws IOException {
        Rig rig = rig().set("turn-cap.max-turns", 2);
        rig.model.calls("bash", "command", "ls").says("I fixed a.py. Now let me run the tests.");

        Event.RunFinished finished = rig.run("Fix a.py.");

        assertThat(finished.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.model.requests()).hasSize(2);
    }

    @Test
    void aRequestThatIsSentAgainRunsNothingTwice() throws IOException {
        Rig rig = rig();
        rig.model
                .calls("bash", "command", "./deploy")
                .fails(new ModelException(ModelException.Kind.BROKEN_STREAM, "the stream broke"))
                .says("It is deployed.");

        rig.run("Run ./deploy.");

        assertThat(rig.sandbox.commands()).hasSize(1);
    }

    @Test
    void aCallThatIsAlsoWrittenAsTextRunsOnce() throws IOException {
        Rig rig = rig();
        Part.ToolCall call = new Part.ToolCall("c1", "bash", Arguments.of("command", "./deploy"));
        String text = "<tool_call>{\"name\": \"bash\", \"arguments\": {\"command\": \"./deploy\"}}</tool_call>";
        rig.model
                .answers(new Message.Assistant(List.of(new Part.Text(text), call), Finish.TOOL_CALLS))
                .says("It is deployed.");

        rig.run("Run ./deploy.");

        assertThat(rig.sandbox.commands()).hasSize(1);
    }

    @Test
    void severalFaultsInOneReplyAreToldOneAfterTheOther() throws IOException {
        Rig rig = rig();
        rig.model
                .calls("write", "path", "a.json", "content", "{")
                .says(ANNOUNCED)
                .says("I wrote a.json.")
                .says("I wrote a.json.")
                .says("I wrote a.json.");

        rig.run("Write the file a.json.");

        assertThat(rig.events(Event.Decided.class).stream()
                        .filter(decided -> decided.kind().equals("turn"))
                        .map(Event.Decided::extension))
                .containsExactly("keep-going", "verify-before-done", "verify-before-done");
    }

    /** What one session did is word for word what it does beside another one that does the same at the same time. */
    @ParameterizedTest
    @MethodSource("scripts")
    void twoSessionsAtOnceShareNothing(FailureScript script) throws Exception {
        String alone = trajectory(script, "alone");
        CyclicBarrier together = new CyclicBarrier(2);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> one = () -> trajectory(script, "one", together);
            Callable<String> other = () -> trajectory(script, "other", together);
            for (var played : threads.invokeAll(List.of(one, other))) {
                assertThat(played.get()).isEqualTo(alone);
            }
        }
    }

    private String trajectory(FailureScript script, String name, CyclicBarrier together) throws Exception {
        together.await();
        return trajectory(script, name);
    }

    /** Requests and decisions, with what depends on the folder taken out. */
    private String trajectory(FailureScript script, String name) throws IOException {
        Path own = Files.createDirectory(folder.resolve(name));
        Played played = Stage.play(script, ALL, own);
        String requests = String.join("\n", played.requests());
        String decisions = played.decisions().stream()
                .map(decided -> decided.turn() + " " + decided.extension() + " " + decided.kind() + " "
                        + decided.verdict() + " " + decided.reason())
                .collect(Collectors.joining("\n"));
        return (requests + "\n" + decisions)
                .replace(own.toString(), "FOLDER")
                .replaceAll("\\[secret:([\\w-]+):\\w+]", "[secret:$1]"); // keyed by the folder
    }

    private Rig rig() throws IOException {
        Rig rig = new Rig(Files.createDirectories(folder.resolve("workspace")));
        ALL.forEach(rig::with);
        return rig;
    }
}
