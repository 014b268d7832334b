package dev.bantam.core;

import dev.bantam.api.Event;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.core.context.Ledger;
import dev.bantam.core.session.Recorded;
import dev.bantam.core.session.SessionLog;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of a session and their record on disk, always in step: a message is written before anything is done with
 * it.
 */
final class Conversation {
    private final SessionLog log;
    private final Clock clock;
    private final Ledger ledger = new Ledger();
    private final List<Message> messages = new ArrayList<>();
    private final List<String> entryIds = new ArrayList<>();
    private String firstParent = "";

    /**
     * @param earlier what a resumed session's model would see now
     * @param everything all that was ever said in it, for the ledger
     */
    Conversation(SessionLog log, Clock clock, List<Message> earlier, List<Message> everything) {
        this.log = log;
        this.clock = clock;
        everything.forEach(ledger::note);
        earlier.forEach(message -> keep(message, log.head()));
    }

    void add(Message.User message) {
        keep(message, log.append(Recorded.user(clock.instant(), message)));
        ledger.note(message);
    }

    void add(Event.AssistantReplied replied) {
        keep(replied.message(), log.append(Recorded.assistant(replied)));
        ledger.note(replied.message());
    }

    void add(Event.ToolFinished finished) {
        Message.ToolReply reply = new Message.ToolReply(finished.callId(), finished.tool(), finished.result());
        keep(reply, log.append(Recorded.tool(finished)));
        ledger.note(reply);
    }

    /** Writes down a reply that does not enter the conversation. */
    void setAside(Event.AssistantReplied replied) {
        String head = log.head();
        log.append(Recorded.assistant(replied));
        log.moveTo(head);
    }

    /** Goes back to an earlier length. What is dropped stays in the file as a branch that was left. */
    void rewind(int size) {
        while (messages.size() > size) {
            messages.removeLast();
            entryIds.removeLast();
        }
        log.moveTo(entryIds.isEmpty() ? firstParent : entryIds.getLast());
    }

    void replace(Event.Compacted event, List<Message> compacted) {
        String id = log.append(Recorded.compacted(event, compacted));
        messages.clear();
        entryIds.clear();
        compacted.forEach(message -> keep(message, id));
    }

    /** The calls of the last reply that have no result yet. */
    List<Part.ToolCall> openCalls() {
        List<String> answered = new ArrayList<>();
        for (Message message : messages.reversed()) {
            switch (message) {
                case Message.ToolReply reply -> answered.add(reply.callId());
                case Message.Assistant assistant -> {
                    return assistant.toolCalls().stream()
                            .filter(call -> !answered.contains(call.id()))
                            .toList();
                }
                case Message.User user -> {
                    return List.of();
                }
            }
        }
        return List.of();
    }

    List<Message> messages() {
        return List.copyOf(messages);
    }

    int size() {
        return messages.size();
    }

    Ledger ledger() {
        return ledger;
    }

    /** The conversation is about to begin below the log's head. */
    void begin() {
        firstParent = log.head();
    }

    private void keep(Message message, String entryId) {
        messages.add(message);
        entryIds.add(entryId);
    }
}
