package dev.bantam.app;

import dev.bantam.api.ModelException;
import dev.bantam.api.Part;
import dev.bantam.api.SlashCommand;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.tui.Driver;
import java.util.ArrayList;
import java.util.List;

/** What the shell drives: an agent. */
final class SessionDriver implements Driver {
    private final Thread session;
    private Wiring wiring;

    /** @param session the thread of the shell's loop, on which runs run */
    SessionDriver(Thread session) {
        this.session = session;
    }

    void drive(Wiring started) {
        wiring = started;
    }

    @Override
    public void run(String prompt) throws InterruptedException {
        String expanded = new Mentions(wiring.workspace()).expand(prompt);
        wiring.agent().run(List.of(new Part.Text(expanded)));
    }

    @Override
    public void steer(String text) {
        wiring.agent().inbox().steer(text);
    }

    @Override
    public void queue(String text) {
        wiring.agent().inbox().queue(text);
    }

    @Override
    public void cancel() {
        session.interrupt();
    }

    @Override
    public List<SlashCommand> commands() {
        List<SlashCommand> commands = new ArrayList<>(List.of(
                new SlashCommand("compact", "make room in the context window now", this::compact),
                new SlashCommand("thinking", "off, low, medium, high or a number of tokens", this::thinking),
                new SlashCommand("model", "which model this is", argument -> model())));
        if (wiring != null) {
            commands.addAll(wiring.agent().commands());
        }
        return commands;
    }

    @Override
    public String status() {
        int window = wiring.model().info().contextWindow();
        return "%s · %,d of %,d tokens · sandbox %s · %s"
                .formatted(
                        wiring.model().info().ref(),
                        wiring.agent().contextUsed(),
                        window,
                        wiring.sandboxKind(),
                        wiring.workspace().root());
    }

    private String compact(String argument) {
        try {
            return wiring.agent().compact() ? status() : "Compaction would gain too little now.";
        } catch (InterruptedException e) {
            return "Cancelled.";
        } catch (ModelException e) {
            return e.getMessage();
        }
    }

    private String thinking(String level) {
        if (level.isBlank()) {
            return "Thinking is " + wiring.agent().thinking().word()
                    + ". Set it with off, low, medium, high or tokens.";
        }
        try {
            wiring.agent().thinking(ThinkingLevel.parse(level.strip()));
            return "Thinking is " + level.strip() + " from the next request on.";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private String model() {
        return status()
                + wiring.model()
                        .info()
                        .profile()
                        .introduction()
                        .map(text -> "\n" + text)
                        .orElse("");
    }
}
