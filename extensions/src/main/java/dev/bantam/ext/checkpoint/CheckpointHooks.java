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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps files before each call that may change them, for one session. */
final class CheckpointHooks implements Hooks {
    private static final Set<String> CHANGING = Set.of("write", "edit");
    private static final int SHOWN = 60;

    private final ExtensionContext context;
    private final BlobStore store;
    private final WorkspaceFiles files;
    private final Recorder recorder;
    private final UndoCommands undo;
    private final long mostBytes;
    private Ledger ledger; // null until it is needed
    private Optional<TurnChanges> current = Optional.empty();
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
        undo = new UndoCommands(() -> new TimeTravel(root, ledger(), files, store), this::ledger);
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

    @Override
    public List<Guidance> guide(List<Message> conversation) {
        if (!running) {
            running = true;
            prompt++;
            about = beginning(conversation);
        }
        List<String> takenBack = undo.takenBack();
        if (takenBack.isEmpty()) {
            return List.of();
        }
        String text =
                Template.of(CheckpointHooks.class, "taken-back.md").with(Map.of("files", Listing.some(takenBack)));
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
            unkept = recorder.atRisk(); // none of an edit, which says itself what it changes
        }
        return unkept.isEmpty() || allowed(call, unkept) ? CallVerdict.ALLOW : refuse(call, unkept);
    }

    private boolean allowed(Part.ToolCall call, List<String> unkept) {
        String question = "This may delete or overwrite " + Listing.some(unkept) + ", of which no copy can be kept:\n"
                + Listing.shown(Recorder.command(call).orElse(""));
        return context.person()
                .flatMap(person -> person.choose(question, List.of("Run it", "Do not")))
                .equals(Optional.of(0));
    }

    private static CallVerdict refuse(Part.ToolCall call, List<String> unkept) {
        String text = Template.of(CheckpointHooks.class, "only-copy.md")
                .with(Map.of("tool", call.tool(), "files", Listing.some(unkept)));
        return new CallVerdict.Refuse(text, "the only copy of " + Listing.some(unkept));
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
            if (store.hasGrown()) {
                shrink();
            }
        } catch (IOException e) {
            context.decided("checkpoint", "not kept", "what changed could not be noted: " + e.getMessage());
        }
    }

    /** Forgets what no turn needs, and the oldest turns while they take too much. */
    private void shrink() throws IOException {
        boolean dropped;
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
        return undo.commands();
    }
}
