package dev.bantam.evals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.ChatModel;
import dev.bantam.api.Event;
import dev.bantam.api.Part;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.api.ToolContext;
import dev.bantam.core.Agent;
import dev.bantam.core.AskOptions;
import dev.bantam.core.Retries;
import dev.bantam.core.hooks.HookRunner;
import dev.bantam.core.session.SessionLog;
import dev.bantam.model.ModelOptions;
import dev.bantam.model.ModelRef;
import dev.bantam.model.RemoteModels;
import dev.bantam.sandbox.Confinement;
import dev.bantam.sandbox.PlainProcess;
import dev.bantam.tools.LocalWorkspace;
import dev.bantam.tools.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person says while the model works reaches it with the next request, behind all that was sent before. */
class SteeringWireIT {
    @Test
    void steeringAndAnotherLevelOfThinkingExtendTheRequests(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("a.txt"), "one\n");
        AtomicReference<Agent> agent = new AtomicReference<>();
        ModelServer.Mind mind = (number, request) -> {
            switch (number) {
                case 3 -> agent.get().inbox().steer("Rather the third line.");
                case 5 -> agent.get().thinking(ThinkingLevel.LOW);
                case 7 -> agent.get().inbox().queue("And then the last one.");
                default -> {} // nobody interferes
            }
            return number == 8 || number == 12 ? Said.text("Done.") : Said.call("read", "path", "a.txt");
        };
        try (ModelServer server = new ModelServer(32_768, mind);
                ChatModel model = RemoteModels.open(
                        ModelRef.parse("llamacpp/", folder),
                        ModelOptions.usual().withBaseUrl(server.url()));
                PlainProcess sandbox = new PlainProcess(Confinement.of(folder, System.getenv()))) {
            agent.set(agent(folder, model, sandbox));
            Event.RunFinished finished = agent.get().run(List.of(new Part.Text("Read the file")));
            assertThat(finished.outcome()).isEqualTo(Event.Outcome.COMPLETED);
            List<String> bodies = server.chats();
            assertThat(bodies).hasSize(12);
            assertThat(bodies.get(2)).doesNotContain("third line");
            assertThat(bodies.get(3)).contains("Rather the third line.");
            assertThat(bodies.get(4)).doesNotContain("\"enable_thinking\":true");
            assertThat(bodies.get(5)).contains("\"enable_thinking\":true");
            assertThat(bodies.get(7)).doesNotContain("the last one");
            assertThat(bodies.get(8)).contains("And then the last one.");
            assertThat(Prefix.begunAnew(bodies)).isZero();
        }
    }

    private static Agent agent(Path folder, ChatModel model, PlainProcess sandbox) throws Exception {
        return Agent.start(new Agent.Setup(
                "steered",
                model,
                Tools.standard(),
                new ToolContext(LocalWorkspace.at(folder), sandbox, folder.resolve("scratch")),
                decisions -> new HookRunner(List.of(), decisions),
                "You are a coding agent.",
                Optional.empty(),
                SessionLog.forgetful(),
                new AskOptions(ThinkingLevel.MODEL_DEFAULT, OptionalDouble.empty(), OptionalLong.empty(), 4_096),
                Retries.STANDARD,
                Clock.systemUTC(),
                event -> {}));
    }
}
