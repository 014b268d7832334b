package dev.bantam.ext.checkpoint;

import dev.bantam.api.CallVerdict;
import dev.bantam.api.Event;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.SlashCommand;
import dev.bantam.ext.checkpoint.TurnChanges.Change;
import dev.bantam.ext.text.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps files before each call that may change them, for one session. */
final class CheckpointHooks implements Hooks {
    private static final Set<String> CHANGING = Set.of("write", "edit");
    private static final int SHOWN = 60;
    private static final int MOST_NAMED = 12;

    private final ExtensionContext context;
    private final BlobStore store;
    private final WorkspaceFiles files;
    private final Recorder recorder;
    private final long mostBytes;
    private Ledger ledger; // null until it is needed
    private Optional<TurnChanges> current = Optional.empty();
    private final Set<String> takenBack = new LinkedHashSet<>(); // of which the model has to be told
    private String about = "";
    private boolean running;
    private int prompt;

    CheckpointHooks(ExtensionContext context) {
        this.context = context;
        Path root = context.workspace().root();
        long fileBytes = (long) context.setting(Checkpoint.FILE_MB) << 20;
        mostBytes = (long) context.setting(Checkpoint.MAX_MB) << 20;
        store = new BlobStore(context::sessionFolder);
        files = new WorkspaceFiles(root, store, fileBytes);
        recorder = new Recorder(context.workspace(), files, new Scan(root, files, store), mostBytes / 2);
    }

    private Ledger ledger() throws IOException {
        if (ledger == null) {
            ledger = new Ledger(context.sessionFolder().resolve("turns.tsv"));
            prompt = Math.max(prompt, ledger.lastPrompt() + 1);
            takeUpKilled();
        }
        return ledger;
    }

    /** A call during which the program was killed has changed what is not as it was noted before it. */
    private void takeUpKilled() throws IOException {
        Optional<TurnChanges> turn = Optional.empty();
        for (Map.Entry<String, FileState> each : ledger.pending().entrySet()) {
            FileState now = files.look(each.getKey());
            if (!now.equals(each.getValue())) {
                if (turn.isEmpty()) {
                    turn = Optional.of(ledger.begin(prompt++, "a call that was cut off"));
                }
                ledger.add(
                        turn.get(), each.getKey(), new Change(each.getValue(), FileState.LOST)); // by whom is not known
            }
        }
        ledger.settled();
    }

    private TimeTravel travel() throws IOException {
        return new TimeTravel(context.workspace().root(), ledger(), files, store);
    }

    @Override
    public List<Guidance> guide(List<Message> conversation) {
        if (!running) {
            running = true;
            prompt++;
            about = beginning(conversation);
        }
        if (takenBack.isEmpty()) {
            return List.of();
        }
        String text =
                Template.of(CheckpointHooks.class, "taken-back.md").with(Map.of("files", some(List.copyOf(takenBack))));
        takenBack.clear();
        return List.of(new Guidance(text, "the user took changes back"));
    }

    private static String beginning(List<Message> conversation) {
        String text = conversation.reversed().stream()
                .filter(message -> message instanceof Message.User)
                .findFirst()
                .map(Message::text)
                .orElse("")
                .strip();
        String line = text.lines().findFirst().orElse("");
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    }

    @Override
    public void onEvent(Event event) {
        switch (event) {
            case Event.TurnStarted started -> current = Optional.empty();
            case Event.ToolFinished finished -> settle();
            case Event.RunFinished finished -> {
                settle();
                running = false;
            }
            default -> {}
        }
    }

    /** Keeps what the call may change. What cannot be kept must not be lost unasked. */
    @Override
    public CallVerdict judgeCall(Part.ToolCall call) {
        List<String> unkept;
        try {
            unkept = recorder.before(call, CHANGING.contains(call.tool()));
            if (!recorder.named().isEmpty()) {
                ledger().expect(recorder.named());
            }
        } catch (IOException e) {
            context.decided("checkpoint", "not kept", "the files could not be kept: " + e.getMessage());
            return CallVerdict.ALLOW; // an edit, which says itself what it changes
        }
        return unkept.isEmpty() || allowed(call, unkept) ? CallVerdict.ALLOW : refuse(call, unkept);
    }

    private boolean allowed(Part.ToolCall call, List<String> unkept) {
        String question = "This may delete or overwrite " + some(unkept) + ", of which no copy can be kept:\n"
                + Listing.shown(Recorder.command(call).orElse(""));
        return context.person()
                .flatMap(person -> person.choose(question, List.of("Run it", "Do not")))
                .equals(Optional.of(0));
    }

    private static CallVerdict refuse(Part.ToolCall call, List<String> unkept) {
        String text = Template.of(CheckpointHooks.class, "only-copy.md")
                .with(Map.of("tool", call.tool(), "files", some(unkept)));
        return new CallVerdict.Refuse(text, "the only copy of " + some(unkept));
    }

    /** The first of them, and how many more. */
    private static String some(List<String> names) {
        String first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMED ? first + " and " + (names.size() - MOST_NAMED) + " more" : first;
    }

    private void settle() {
        if (recorder.isIdle()) {
            return;
        }
        try {
            boolean named = !recorder.named().isEmpty();
            Map<String, Change> changes = recorder.changes();
            if (changes.isEmpty() && !named) {
                return;
            }
            if (!changes.isEmpty()) {
                if (current.isEmpty()) {
                    current = Optional.of(ledger().begin(Math.max(1, prompt), about));
                }
                for (Map.Entry<String, Change> each : changes.entrySet()) {
                    ledger().add(current.get(), each.getKey(), each.getValue());
                }
            }
            ledger().settled();
            shrink();
        } catch (IOException e) {
            context.decided("checkpoint", "not kept", "what changed could not be noted: " + e.getMessage());
        }
    }

    /** Forgets what no turn needs, and the oldest turns while they take too much. */
    private void shrink() throws IOException {
        boolean dropped = false;
        do {
            store.keepOnly(ledger().states().stream()
                    .filter(state -> state instanceof FileState.Regular)
                    .map(state -> ((FileState.Regular) state).id())
                    .collect(Collectors.toSet()));
            dropped = store.bytes() > mostBytes && ledger().dropOldest();
        } while (dropped);
    }

    @Override
    public List<SlashCommand> commands() {
        return List.of(
                new SlashCommand(
                        "undo", "take back what the last prompt changed; force: also files changed since", this::undo),
                new SlashCommand(
                        "redo",
                        "bring again what /undo took back; force: also where files changed since",
                        rest -> guarded(() -> redo(rest))),
                new SlashCommand("diff", "what this session changed; a number: from that turn on", this::diff),
                new SlashCommand(
                        "restore",
                        "turns that changed files; N: what would go; N now: back to before turn N",
                        this::restore));
    }

    private interface Work {
        String run() throws IOException;
    }

    private static String guarded(Work work) {
        try {
            return work.run();
        } catch (IOException e) {
            return "The checkpoints cannot be used: " + e.getMessage();
        }
    }

    private String undo(String rest) {
        return guarded(() -> {
            List<TurnChanges> live = ledger().live();
            if (live.isEmpty()) {
                return "Nothing was changed in this session that could be taken back.";
            }
            int last = live.getLast().prompt();
            TurnChanges first = live.stream()
                    .filter(turn -> turn.prompt() == last)
                    .findFirst()
                    .orElseThrow();
            return back(first, rest.strip().equals("force"));
        });
    }

    private String back(TurnChanges first, boolean force) throws IOException {
        Map<String, Change> changes = travel().since(first.number());
        TimeTravel.Outcome outcome = travel().undo(first.number(), force);
        tell(outcome);
        changes.keySet().retainAll(outcome.done());
        String listed = Listing.files(changes, "  ");
        String end = outcome.done().isEmpty() ? "" : "/redo brings it again.";
        return (listed.isEmpty()
                        ? "Nothing was taken back.\n"
                        : "Took back, from turn " + first.number() + " on (" + first.about() + "):\n" + listed)
                + left(outcome)
                + end;
    }

    private String redo(String rest) throws IOException {
        Optional<Ledger.Undo> undo = ledger().lastUndo();
        if (undo.isEmpty()) {
            return "Nothing was taken back that could be brought again.";
        }
        TimeTravel.Outcome outcome = travel().redo(undo.get(), rest.strip().equals("force"));
        tell(outcome);
        return "Brought again: "
                + some(outcome.done().stream().map(Listing::shown).toList()) + "\n" + left(outcome);
    }

    private static String left(TimeTravel.Outcome outcome) {
        return outcome.left().isEmpty() ? "" : "Left as it is:\n  " + String.join("\n  ", outcome.left()) + "\n";
    }

    private void tell(TimeTravel.Outcome outcome) {
        takenBack.addAll(outcome.done().stream().map(Listing::shown).toList());
    }

    private String diff(String rest) {
        return guarded(() -> {
            String diff =
                    travel().diff(rest.isBlank() ? 0 : number(rest.strip()).orElse(0));
            return diff.isEmpty() ? "No file differs." : diff;
        });
    }

    private String restore(String rest) {
        return guarded(() -> {
            String[] words = rest.strip().split("\\s+");
            List<TurnChanges> live = ledger().live();
            Optional<TurnChanges> turn = number(words[0])
                    .flatMap(number -> live.stream()
                            .filter(each -> each.number() == number)
                            .findFirst());
            if (turn.isEmpty()) {
                String none = live.isEmpty() ? "Nothing was changed in this session." : Listing.turns(live);
                return (words[0].isEmpty()
                                ? ""
                                : "There is no turn " + Listing.shown(words[0]) + " that changed files.\n")
                        + none;
            }
            List<String> more = List.of(words).subList(1, words.length);
            if (!more.contains("now")) {
                return "Back to before turn " + turn.get().number() + " these would be taken back:\n"
                        + Listing.files(travel().since(turn.get().number()), "  ") + "Do it with /restore "
                        + turn.get().number() + " now";
            }
            return back(turn.get(), more.contains("force"));
        });
    }

    private static Optional<Integer> number(String word) {
        return word.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(word)) : Optional.empty();
    }
}
