package dev.bantam.ext.turncap;

import dev.bantam.api.Event;
import dev.bantam.api.Usage;
import java.time.Duration;
import java.time.Instant;

/** What the run that goes on has used. A session's next prompt starts anew. */
final class Spent {
    private Instant start = Instant.EPOCH;
    private Instant now = Instant.EPOCH;
    private Usage usage = Usage.NONE;
    private int turnsDone;

    void onEvent(Event event) {
        switch (event) {
            case Event.TurnStarted started -> startTurn(started);
            case Event.AssistantReplied replied -> {
                usage = usage.plus(replied.usage());
                turnsDone = replied.turn();
            }
            case Event.SessionStarted other -> {}
            case Event.PrefillAdvanced other -> {}
            case Event.TextStreamed other -> {}
            case Event.ThinkingStreamed other -> {}
            case Event.ToolStarted other -> {}
            case Event.ToolFinished other -> {}
            case Event.Decided other -> {}
            case Event.Compacted other -> {}
            case Event.Escalated other -> {}
            case Event.RunFinished other -> {}
        }
        now = event.at();
    }

    private void startTurn(Event.TurnStarted started) {
        if (started.turn() == 1) {
            start = started.at();
            usage = Usage.NONE;
            turnsDone = 0;
        }
    }

    /** Replies that were made. */
    int turnsDone() {
        return turnsDone;
    }

    /** Read anew and generated. */
    double tokens() {
        return usage.input() - usage.cached() + usage.output();
    }

    /** Since the run began, as of the last event. */
    double minutes() {
        return Duration.between(start, now).toMillis() / 60_000.0;
    }

    double dollars(Limits.Prices prices) {
        return ((usage.input() - usage.cached()) * prices.input()
                        + usage.cached() * prices.cached()
                        + usage.output() * prices.output())
                / 1e6;
    }
}
