package dev.bantam.ext.scripts;

import dev.bantam.api.ChatRequest;
import dev.bantam.api.Event;
import dev.bantam.api.Message;
import dev.bantam.api.Sandbox;
import dev.bantam.ext.Rig;
import dev.bantam.testkit.FakeSandbox;
import dev.bantam.testkit.WeakModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of a script.
 *
 * @param root of the workspace, as it was left
 * @param sandbox heard the commands
 * @param rigs one a session
 * @param models one a session
 * @param runs how each session's run ended
 */
public record Played(
        Path root, FakeSandbox sandbox, List<Rig> rigs, List<WeakModel> models, List<Event.RunFinished> runs) {
    private static final Set<String> OBJECTIONS =
            Set.of("refused", "nudge", "take_up", "roll_back", "halted", "stop", "escalate", "failed");

    Event.Outcome outcome() {
        return runs.getLast().outcome();
    }

    int turns() {
        return runs.stream().mapToInt(Event.RunFinished::turns).sum();
    }

    boolean recovered() {
        return models.stream().allMatch(WeakModel::recovered);
    }

    /** What the model had run; what the extensions ran to look at files is left out. */
    List<String> commands() {
        return sandbox.commands().stream()
                .map(Sandbox.Command::line)
                .filter(line -> !line.startsWith("if command -v "))
                .toList();
    }

    /** Every request as text: the system prompt, the tools and the messages. */
    List<String> requests() {
        return models.stream()
                .flatMap(model -> model.requests().stream())
                .map(Played::text)
                .toList();
    }

    private static String text(ChatRequest request) {
        return request.system() + "\n" + request.tools() + "\n"
                + request.messages().stream().map(Message::toString).collect(Collectors.joining("\n"));
    }

    List<Event.Decided> decisions() {
        return rigs.stream()
                .flatMap(rig -> rig.events(Event.Decided.class).stream())
                .toList();
    }

    /** Decisions that stood in the model's way. */
    List<String> objections() {
        return decisions().stream()
                .filter(decided -> OBJECTIONS.contains(decided.verdict()))
                .map(decided -> decided.extension() + " " + decided.verdict() + ": " + decided.reason())
                .toList();
    }
}
