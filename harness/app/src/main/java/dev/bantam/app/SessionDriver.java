package dev.bantam.app;

import dev.bantam.api.ChatRequest;
import dev.bantam.api.ModelException;
import dev.bantam.api.Part;
import dev.bantam.api.SlashCommand;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.tui.Driver;
import java.util.ArrayList;
import java.util.List;

/** What the shell drives: an agent. While a person types, its model reads ahead. */
final class SessionDriver implements Driver, AutoCloseable {
    private final Thread session;
    private Wiring wiring;
    private Thread reading = Thread.ofVirtual().unstarted(() -> {});

    /** @param session the thread of the shell's loop, on which runs run */
    SessionDriver(Thread session) {
        this.session = session;
    }

    void drive(Wiring started) {
        wiring = started;
        readAhead();
    }

    private void readAhead() {
        ChatRequest next = wiring.agent().nextRequest();
        reading = Thread.ofVirtual().name("read-ahead").start(() -> {
            try {
                wiring.model().readAhead(next);
            } catch (InterruptedException e) {
                // the person was faster; what was read stays
            }
        });
    }

    private void stopReading() throws InterruptedException {
        reading.interrupt();
        reading.join();
    }

    @Override
    public void run(String prompt) throws InterruptedException {
        String expanded = new Mentions(wiring.workspace()).expand(prompt);
        stopReading();
        wiring.agent().run(List.of(new Part.Text(expanded)));
        readAhead();
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

    /** Lets nothing read on. */
    @Override
    public void close() {
        reading.interrupt();
        boolean interrupted = false;
        while (reading.isAlive()) {
            try {
                reading.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
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
            stopReading();
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
