package dev.bantam.ext.verifybeforedone;

import dev.bantam.api.Event;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.TurnVerdict;
import dev.bantam.ext.text.Ending;
import dev.bantam.ext.text.Template;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the end of each run of a session. */
final class VerifyHooks implements Hooks {
    private static final int MOST_PER_PROMPT = 2;

    private final ExtensionContext context;
    private final OwnTests tests;
    private final SyntaxCheck syntax;
    private final Map<String, Part.ToolCall> running = new HashMap<>();
    private Work work = new Work();
    private String asked = "";
    private Optional<Fact> told = Optional.empty();
    private int sentBack;
    private boolean objected; // somebody else has told the model something this turn

    VerifyHooks(ExtensionContext context) {
        this.context = context;
        this.tests = new OwnTests(context);
        this.syntax = new SyntaxCheck(context);
    }

    /** A fact that speaks against being done. */
    private record Fact(String text, String reason) {}

    @Override
    public void onEvent(Event event) {
        if (event instanceof Event.TurnStarted started) {
            objected = false;
            if (started.turn() == 1) {
                work = new Work();
                asked = "";
                told = Optional.empty();
                sentBack = 0;
            }
        } else if (event instanceof Event.ToolStarted started) {
            running.put(started.call().id(), started.call());
        } else if (event instanceof Event.ToolFinished finished) {
            Part.ToolCall call = running.remove(finished.callId());
            if (call != null) {
                work.note(call, finished.result());
                tests.note(call, finished.result());
            }
        } else if (event instanceof Event.Decided decided && decided.kind().equals("turn")) {
            objected |= !decided.extension().equals("verify-before-done");
        }
    }

    /** Gives no guidance; what the person said last is what was asked for. */
    @Override
    public List<Guidance> guide(List<Message> conversation) {
        if (conversation.getLast() instanceof Message.User user && user.origin() == Message.Origin.USER) {
            asked = asked + "\n" + user.text();
        }
        return List.of();
    }

    @Override
    public TurnVerdict judgeTurn(Turn turn) {
        Ending ending = Ending.of(turn.reply().text());
        boolean ends = turn.last() && !turn.reply().text().isBlank();
        boolean goesOn = ending.asks() || ending.announcement().isPresent();
        if (!ends || goesOn || objected || sentBack >= MOST_PER_PROMPT) {
            return TurnVerdict.NO_OPINION;
        }
        Optional<Fact> fact = brokenFile().or(() -> failingTests(ending)).or(() -> noChange(ending));
        boolean answered = fact.equals(told) && !ending.claims(); // it has read this, and says something to it
        if (fact.isEmpty() || answered) {
            return TurnVerdict.NO_OPINION;
        }
        told = fact;
        sentBack++;
        return new TurnVerdict.Nudge(fact.get().text(), fact.get().reason());
    }

    private Optional<Fact> brokenFile() {
        return syntax.firstBroken(work.changed(context.workspace()))
                .map(broken -> new Fact(
                        text("broken-file.md", Map.of("path", broken.path(), "fault", broken.fault())),
                        broken.path() + " cannot be parsed"));
    }

    private Optional<Fact> failingTests(Ending ending) {
        if (!work.mayHaveChanged() || ending.admits()) {
            return Optional.empty();
        }
        return tests.failure()
                .map(failure -> new Fact(
                        text("failing-tests.md", Map.of("command", failure.command(), "output", failure.output())),
                        "the tests fail: " + failure.command()));
    }

    private Optional<Fact> noChange(Ending ending) {
        boolean unfounded = ending.claims() || ending.showsCode();
        boolean canChange = has("edit") || has("write");
        if (work.mayHaveChanged() || !unfounded || ending.admits() || !canChange || !ChangeRequest.in(asked)) {
            return Optional.empty();
        }
        String resource = ending.showsCode() ? "code-in-reply.md" : "no-change.md";
        String tools = has("edit") && has("write") ? "edit or write" : has("edit") ? "edit" : "write";
        return Optional.of(
                new Fact(text(resource, Map.of("tools", tools)), "it is said to be done, and no file was changed"));
    }

    private boolean has(String tool) {
        return context.tools().stream().anyMatch(spec -> spec.name().equals(tool));
    }

    private static String text(String resource, Map<String, ?> values) {
        return Template.of(VerifyHooks.class, resource).with(values);
    }
}
