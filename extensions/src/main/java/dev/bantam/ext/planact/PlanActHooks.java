package dev.bantam.ext.planact;

import dev.bantam.api.CallVerdict;
import dev.bantam.api.Event;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.Person;
import dev.bantam.api.SlashCommand;
import dev.bantam.api.TurnVerdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One session's plan: made, agreed to, carried out. */
final class PlanActHooks implements Hooks {
    private static final int MOST_REPLANS = 2;

    /** Steps in a row for which no call was made, after which the model is believed to be through. */
    private static final int MOST_CLAIMS = 2;

    private enum Phase {
        RESTING,
        PLANNING,
        ACTING
    }

    private final ExtensionContext context;
    private final Wording wording;
    private final PlanBook book;
    private Mode mode;
    private boolean everyPrompt;
    private Phase phase = Phase.RESTING;
    private Progress progress;
    private final StepWatch watch = new StepWatch();
    private String task = "";
    private boolean told;
    private boolean reminded;
    private int replans;
    private int claims;

    PlanActHooks(ExtensionContext context, Mode mode) {
        this.context = context;
        this.wording = new Wording(context);
        this.book = new PlanBook(context);
        this.everyPrompt = mode == Mode.ASK || mode == Mode.AUTO;
        Optional<Progress> begun = book.begun(mode);
        this.mode = begun.isPresent() && mode == Mode.OFF ? Mode.ASK : mode;
        begun.ifPresent(this::act);
    }

    private void act(Progress fresh) {
        progress = fresh;
        phase = Phase.ACTING;
        claims = 0;
        watch.nextStep();
    }

    @Override
    public List<SlashCommand> commands() {
        return List.of(new SlashCommand("plan", "plan first: ask, auto or off; alone: how far it is", this::command));
    }

    private String command(String word) {
        String wanted = word.isBlank() && phase == Phase.RESTING ? "ask" : word.strip();
        return switch (wanted) {
            case "" -> phase == Phase.PLANNING ? "A plan is made next." : progress.shown();
            case "off" -> {
                mode = Mode.OFF;
                phase = Phase.RESTING;
                everyPrompt = false;
                yield "No plan is made or carried out.";
            }
            case "ask", "auto" -> {
                mode = Mode.of(wanted);
                phase = Phase.PLANNING;
                yield "Say what is to be done: a plan is made first, "
                        + (mode == Mode.ASK ? "and you are asked before anything is changed." : "then carried out.");
            }
            default -> "/plan takes ask, auto or off, not \"" + wanted + "\".";
        };
    }

    @Override
    public void onEvent(Event event) {
        if (event instanceof Event.TurnStarted started && started.turn() == 1) {
            told = false;
            reminded = false;
            phase = phase == Phase.RESTING && everyPrompt ? Phase.PLANNING : phase;
        }
    }

    @Override
    public List<Guidance> guide(List<Message> conversation) {
        boolean first = !told;
        told = true;
        if (!first || phase == Phase.RESTING) {
            return List.of();
        }
        if (phase == Phase.ACTING) {
            return List.of(new Guidance(wording.goingOn(progress), "step " + progress.current() + " of the plan"));
        }
        task = conversation.stream()
                .filter(message -> message instanceof Message.User user && user.origin() == Message.Origin.USER)
                .reduce((earlier, later) -> later)
                .map(Message::text)
                .orElse("");
        return List.of(new Guidance(wording.planning(), "a plan is made first"));
    }

    @Override
    public CallVerdict judgeCall(Part.ToolCall call) {
        return phase == Phase.PLANNING && !Wording.reads(call.tool())
                ? new CallVerdict.Refuse(wording.refusal(call.tool()), "a plan is made first")
                : CallVerdict.ALLOW;
    }

    @Override
    public TurnVerdict judgeTurn(Turn turn) {
        watch.turnEnded(turn);
        String text = turn.reply().text();
        if (phase == Phase.RESTING || !turn.last() || text.isBlank()) {
            return TurnVerdict.NO_OPINION;
        }
        try {
            return phase == Phase.PLANNING ? planned(text) : stepEnded(text);
        } catch (IOException e) {
            phase = Phase.RESTING;
            return new TurnVerdict.Stop("the plan cannot be kept: " + e.getMessage());
        }
    }

    @Override
    public List<Carried> carried() {
        return switch (phase) {
            case RESTING -> List.of();
            case PLANNING -> List.of(new Carried("Plan", wording.planning()));
            case ACTING -> List.of(new Carried("Plan", wording.goingOn(progress)));
        };
    }

    private TurnVerdict planned(String text) throws IOException {
        Optional<Plan> plan = Plan.in(text, task);
        if (plan.isPresent()) {
            book.propose(plan.get());
            return agreedOrNot(plan.get());
        }
        boolean asksThePerson = context.person().isPresent() && text.strip().endsWith("?");
        return asksThePerson ? TurnVerdict.NO_OPINION : noPlan();
    }

    private TurnVerdict noPlan() {
        if (!reminded) {
            reminded = true;
            return new TurnVerdict.Nudge(wording.noPlan(), "the reply has no plan in it");
        }
        if (mode == Mode.AUTO) {
            phase = Phase.RESTING;
            return new TurnVerdict.Nudge(wording.withoutPlan(), "no plan after a reminder: it goes on without one");
        }
        return new TurnVerdict.Stop("the model made no plan, and nothing was changed. Ask again in other words, or work"
                + " without a plan: /plan off, or no --plan");
    }

    private TurnVerdict agreedOrNot(Plan plan) throws IOException {
        Optional<Person> person = context.person();
        if (mode == Mode.AUTO) {
            return agreed(plan);
        }
        if (person.isEmpty()) {
            return new TurnVerdict.Stop("the plan is in " + book.shown() + " and waits for a yes. Read it, change"
                    + " its status to \"Status: approved\", and run again with --plan require=" + book.shown());
        }
        Optional<Plan> yes = SignOff.of(plan, book, person.get());
        return yes.isPresent()
                ? agreed(yes.get())
                : new TurnVerdict.Stop("the plan was not agreed to; it is in " + book.shown()
                        + ". Say what should be different, or work without a plan: /plan off");
    }

    private TurnVerdict agreed(Plan plan) throws IOException {
        act(new Progress(plan));
        book.agreed(progress);
        context.decided("plan", "agreed", plan.steps().size() + " steps; " + book.shown());
        return new TurnVerdict.Nudge(wording.approved(progress), "step 1 of the plan");
    }

    private TurnVerdict stepEnded(String text) throws IOException {
        Optional<String> failure = watch.failure(text);
        if (failure.isPresent()) {
            return failed(failure.get());
        }
        boolean claimed = watch.calls() == 0;
        claims = claimed ? claims + 1 : 0;
        progress.end(claimed ? Progress.State.CLAIMED : Progress.State.DONE);
        watch.nextStep();
        if (progress.current() == 0 || claims >= MOST_CLAIMS) {
            progress.stop();
            return rest("done", TurnVerdict.NO_OPINION);
        }
        book.keep(progress, "acting");
        return new TurnVerdict.Nudge(wording.step(progress), "step " + progress.current() + " of the plan");
    }

    private TurnVerdict failed(String failure) throws IOException {
        watch.nextStep();
        int step = progress.current();
        if (progress.fail() == 1) {
            book.keep(progress, "acting");
            return new TurnVerdict.Nudge(wording.again(progress, failure), "step " + step + " failed");
        }
        String replan = wording.replan(progress, failure);
        progress.end(Progress.State.FAILED);
        progress.stop();
        if (++replans > MOST_REPLANS) {
            return rest(
                    "stopped",
                    new TurnVerdict.Stop(
                            "step " + step + " failed twice, and new plans did not help. How far it came is"
                                    + " in .bantam/progress.json"));
        }
        phase = Phase.PLANNING;
        reminded = false;
        book.keep(progress, "planning");
        return new TurnVerdict.Nudge(replan, "step " + step + " failed twice: a new plan is made");
    }

    private TurnVerdict rest(String how, TurnVerdict verdict) throws IOException {
        phase = Phase.RESTING;
        replans = 0;
        book.keep(progress, how);
        context.decided("plan", how, progress.shown().replace('\n', ' '));
        return verdict;
    }
}
