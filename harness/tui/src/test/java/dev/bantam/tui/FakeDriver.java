package dev.bantam.tui;

import dev.bantam.api.Event;
import dev.bantam.api.EventListener;
import dev.bantam.api.SlashCommand;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** Hands each run to the test: sends the events that the test gives, until the test ends the run or cancels it. */
final class FakeDriver implements Driver {
    private sealed interface Act {
        record Send(Event event) implements Act {}

        record Do(Runnable action) implements Act {}

        record End() implements Act {}
    }

    final BlockingQueue<String> prompts = new LinkedBlockingQueue<>();
    final BlockingQueue<String> steered = new LinkedBlockingQueue<>();
    final BlockingQueue<String> queued = new LinkedBlockingQueue<>();
    final CountDownLatch cancelled = new CountDownLatch(1);
    private final BlockingQueue<Act> acts = new LinkedBlockingQueue<>();
    private volatile EventListener listener = event -> {};
    private volatile Thread session;

    void speakTo(EventListener shell) {
        listener = shell;
    }

    void send(Event... events) {
        for (Event event : events) {
            acts.add(new Act.Send(event));
        }
    }

    void perform(Runnable action) {
        acts.add(new Act.Do(action));
    }

    void endRun() {
        acts.add(new Act.End());
    }

    @Override
    public void run(String prompt) throws InterruptedException {
        session = Thread.currentThread();
        prompts.add(prompt);
        while (true) {
            switch (acts.take()) {
                case Act.Send send -> listener.on(send.event());
                case Act.Do work -> work.action().run();
                case Act.End end -> {
                    return;
                }
            }
        }
    }

    @Override
    public void steer(String text) {
        steered.add(text);
    }

    @Override
    public void queue(String text) {
        queued.add(text);
    }

    @Override
    public void cancel() {
        cancelled.countDown();
        session.interrupt();
    }

    @Override
    public List<SlashCommand> commands() {
        return List.of(
                new SlashCommand("undo", "takes back", rest -> "undone «" + rest + "»"),
                new SlashCommand("skills", "the cards", rest -> "git"),
                new SlashCommand(
                        "skill:git",
                        "about git",
                        rest -> "git goes along",
                        rest -> Optional.of(rest).filter(words -> !words.isEmpty())));
    }

    @Override
    public String status() {
        return "status-line";
    }
}
