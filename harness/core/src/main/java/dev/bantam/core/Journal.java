package dev.bantam.core;

import dev.bantam.api.Event;
import dev.bantam.api.EventListener;
import dev.bantam.core.hooks.HookRunner;
import dev.bantam.core.session.EventJson;
import dev.bantam.core.session.SessionLog;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;

/** Tells events to everybody: the session's file, the listener of the mode in use, and the extensions. */
final class Journal {
    private final Clock clock;
    private final SessionLog log;
    private final EventListener listener;
    private HookRunner hooks;
    private int turn;

    Journal(Clock clock, SessionLog log, EventListener listener) {
        this.clock = clock;
        this.log = log;
        this.listener = listener;
    }

    void watchedBy(HookRunner runner) {
        hooks = runner;
    }

    Instant now() {
        return clock.instant();
    }

    int turn() {
        return turn;
    }

    void turn(int number) {
        turn = number;
    }

    void tell(Event event) {
        switch (event) {
            case Event.SessionStarted kept -> log.append(EventJson.write(kept));
            case Event.Decided kept -> log.append(EventJson.write(kept));
            case Event.Escalated kept -> log.append(EventJson.write(kept));
            case Event.RunFinished kept -> log.append(EventJson.write(kept));
            case Event.AssistantReplied keptByConversation -> {}
            case Event.ToolFinished keptByConversation -> {}
            case Event.Compacted keptByConversation -> {}
            case Event.TurnStarted passing -> {}
            case Event.PrefillAdvanced passing -> {}
            case Event.TextStreamed passing -> {}
            case Event.ThinkingStreamed passing -> {}
            case Event.ToolStarted passing -> {}
        }
        listener.on(event);
        if (hooks != null) {
            hooks.onEvent(event);
        }
    }

    /** Tells the end of a run even when it cannot be written down, as on a full disk. */
    void tellEnd(Event.RunFinished event) {
        try {
            tell(event);
        } catch (UncheckedIOException unwritten) {
            listener.on(event);
        }
    }

    void decided(String who, String kind, String verdict, String reason) {
        tell(new Event.Decided(now(), turn, who, kind, verdict, reason));
    }
}
