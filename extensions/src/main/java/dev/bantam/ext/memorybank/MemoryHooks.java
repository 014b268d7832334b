package dev.bantam.ext.memorybank;

import dev.bantam.api.Event;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.SlashCommand;
import dev.bantam.api.TurnVerdict;
import java.io.IOException;
import java.text.ParseException;
import java.util.List;

/** One session's memory: what it got, and what it leaves. */
final class MemoryHooks implements Hooks {
    private final ExtensionContext context;
    private final Notes notes = new Notes();
    private boolean on;
    private boolean read;
    private boolean recalled;
    private boolean begun;
    private MemoryFolder folder; // null until it is asked for
    private boolean asked;
    private final Decisions decisions = new Decisions();
    private final Tasks tasks = new Tasks();
    private String recall = "";

    MemoryHooks(ExtensionContext context) {
        this.context = context;
        this.on = context.setting(MemoryBank.ON);
        this.recalled = !context.earlier().isEmpty(); // it has been told already
    }

    private MemoryFolder folder() {
        if (folder == null) {
            folder = new MemoryFolder(context.workspace().root(), context.dataFolder());
        }
        return folder;
    }

    @Override
    public List<SlashCommand> commands() {
        return List.of(new SlashCommand("memory", "memory of this project: on, off or trust", this::command));
    }

    private String command(String word) {
        try {
            return switch (word.strip()) {
                case "on" -> {
                    folder().switchOn(true);
                    on = true;
                    asked = true;
                    yield "What sessions do here is kept in .bantam/memory/ from now on." + distrusted();
                }
                case "off" -> {
                    folder().switchOn(false);
                    on = false;
                    asked = true;
                    yield "Nothing is kept any more; what lies in .bantam/memory/ stays.";
                }
                case "trust" -> {
                    folder().trust();
                    yield "The memory is taken as it is now; the next session gets it.";
                }
                case "" ->
                    "The memory of this project is "
                            + (on || folder().on() ? "on." : "off. Switch it on with /memory on.") + distrusted();
                default -> "/memory takes on, off or trust, not \"" + word.strip() + "\".";
            };
        } catch (IOException e) {
            return "The memory cannot be used: " + e.getMessage();
        }
    }

    private String distrusted() throws IOException {
        List<String> foreign = folder().foreign();
        return foreign.isEmpty()
                ? ""
                : " It is neither read nor written while this is not Bantam's own: " + String.join(", ", foreign)
                        + ". Look at it, then take it as it is with /memory trust.";
    }

    @Override
    public void onEvent(Event event) {
        if (event instanceof Event.TurnStarted started && started.turn() == 1) {
            begun = false;
        }
        if (event instanceof Event.RunFinished finished) {
            notes.end(finished.outcome().word());
            keep();
        }
    }

    @Override
    public List<Guidance> guide(List<Message> conversation) {
        on |= !asked && folder().on();
        asked = true;
        if (!on) {
            return List.of();
        }
        readOnce();
        if (!begun) {
            begin(conversation);
        }
        if (recalled) {
            return List.of();
        }
        recalled = true;
        return List.of(new Guidance(recall, "what earlier sessions left"));
    }

    private void begin(List<Message> conversation) {
        begun = true;
        tasks.finish(notes);
        String prompt = conversation.stream()
                .filter(message -> message instanceof Message.User user && user.origin() == Message.Origin.USER)
                .reduce((earlier, later) -> later)
                .map(Message::text)
                .orElse("");
        notes.begin(prompt);
        decisions.hear(prompt);
    }

    /** Reads what is there once, before anything of it is written again. */
    private void readOnce() {
        if (read) {
            return;
        }
        read = true;
        String active = "";
        try {
            List<String> foreign = folder().foreign();
            if (!foreign.isEmpty()) {
                context.decided(
                        "memory",
                        "not_trusted",
                        "not written here: " + String.join(", ", foreign) + "; look at it, then /memory trust");
            }
            decisions.read(folder().read(MemoryFolder.DECISIONS).orElse(""));
            tasks.read(folder().read(MemoryFolder.PROGRESS).orElse("{}"));
            active = folder().read(MemoryFolder.CONTEXT).orElse("");
        } catch (IOException | ParseException e) {
            context.decided("memory", "failed", "it cannot be read: " + e.getMessage());
        }
        recall = new Recall(context.setting(MemoryBank.TOKENS), context::countTokens).text(decisions, active, tasks);
    }

    @Override
    public TurnVerdict judgeTurn(Turn turn) {
        if (on && begun) {
            notes.turnEnded(turn);
            decisions.hear(turn.reply().text());
            keep();
        }
        return TurnVerdict.NO_OPINION;
    }

    @Override
    public List<Carried> carried() {
        return on && !recall.isEmpty() ? List.of(new Carried("Memory of the project", recall)) : List.of();
    }

    private void keep() {
        if (!on || !begun) {
            return;
        }
        try {
            if (folder().foreign().isEmpty()) {
                folder().write(MemoryFolder.CONTEXT, notes.file());
                folder().write(MemoryFolder.PROGRESS, tasks.file(notes));
                if (!decisions.none()) {
                    folder().write(MemoryFolder.DECISIONS, decisions.file());
                }
            }
        } catch (IOException e) {
            on = false;
            context.decided("memory", "failed", "it cannot be written, and is off: " + e.getMessage());
        }
    }
}
