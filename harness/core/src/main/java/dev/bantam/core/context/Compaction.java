package dev.bantam.core.context;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Finish;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.Reply;
import dev.bantam.api.ThinkingLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Replaces the older part of a conversation by a summary. Facts are carried word for word and cost no model; the model
 * adds what was done and what comes next, asked at the end of the very conversation that it has in its cache. A
 * compaction that would not gain enough is refused, so it can never run in circles.
 */
public final class Compaction {
    private static final int SUMMARY_TOKENS = 700;
    private static final int SLACK = 4;

    private final ChatModel model;
    private final Ledger ledger;
    private final List<Hooks.Carried> carried;
    private final Window window;
    private final Question question;

    /**
     * @param carried what extensions want kept word for word
     * @param question asks the model for what only it can tell
     */
    public Compaction(ChatModel model, Ledger ledger, List<Hooks.Carried> carried, Window window, Question question) {
        this.model = model;
        this.ledger = ledger;
        this.carried = List.copyOf(carried);
        this.window = window;
        this.question = question;
    }

    /** Asks the model, where the events and the usage of the run are kept. */
    @FunctionalInterface
    public interface Question {
        Reply ask(ChatRequest request) throws ModelException, InterruptedException;
    }

    /** A new beginning of the conversation. */
    public record Compacted(List<Message> messages, int beforeTokens, int afterTokens) {}

    /**
     * Tries to make room.
     *
     * @param request what would be asked next
     * @return empty when there is too little to gain
     * @throws ModelException when the model cannot be asked at all, now or later
     */
    public Optional<Compacted> compact(ChatRequest request) throws ModelException, InterruptedException {
        int before = model.countTokens(request);
        List<Message> messages = request.messages();
        int cut = cut(messages, window.tail());
        if (cut == 0) {
            return Optional.empty();
        }
        Summary summary = new Summary(window, model::countTokens);
        Message.User opening = Message.User.fromHarness(summary.text(ledger, carried, story(request, cut)));
        List<List<Message>> tails = List.of(
                messages.subList(cut, messages.size()),
                messages.subList(cut(messages, window.tail() / 2), messages.size()),
                clipped(request, opening, messages.subList(cut(messages, 0), messages.size())));
        for (List<Message> tail : tails) {
            List<Message> compacted = new ArrayList<>();
            compacted.add(opening);
            compacted.addAll(tail);
            int after = model.countTokens(with(request, compacted));
            boolean last = tail == tails.getLast();
            if (after <= (last ? window.prompt() : window.compacted()) && window.worthwhile(before, after)) {
                return Optional.of(new Compacted(List.copyOf(compacted), before, after));
            }
        }
        return Optional.empty();
    }

    /** Where the tail begins: so many tokens from the end, but at least the last turn, and never inside a turn. */
    private int cut(List<Message> messages, int tailTokens) {
        int cut = messages.size();
        int tokens = 0;
        for (int i = messages.size() - 1; i >= 0; i--) {
            tokens += model.countTokens(messages.get(i));
            if (tokens > tailTokens && cut < messages.size()) {
                break;
            }
            if (!(messages.get(i) instanceof Message.ToolReply)) {
                cut = i;
            }
        }
        return cut;
    }

    /** The last resort: results too long for the window, shortened to what is left for them. */
    private List<Message> clipped(ChatRequest request, Message.User opening, List<Message> tail) {
        List<Message> bare = new ArrayList<>(List.of(opening));
        tail.forEach(message -> bare.add(shortened(message, 0)));
        int results = Math.toIntExact(
                tail.stream().filter(Message.ToolReply.class::isInstance).count());
        int room = window.prompt() - model.countTokens(with(request, bare));
        int each = Math.max(0, room / Math.max(1, results) - SLACK);
        return tail.stream().map(message -> shortened(message, each)).toList();
    }

    private Message shortened(Message message, int tokens) {
        return message instanceof Message.ToolReply reply
                ? new Message.ToolReply(
                        reply.callId(),
                        reply.tool(),
                        reply.result()
                                .withContent(Clip.middle(
                                        reply.result().content(), tokens, model::countTokens, Summary.LEFT_OUT)))
                : message;
    }

    /** What the model says of the part that goes; empty when it cannot say anything of use. */
    private String story(ChatRequest request, int cut) throws ModelException, InterruptedException {
        if (!model.info().profile().summarises()) {
            return "";
        }
        List<Message> asked = new ArrayList<>(request.messages().subList(0, cut));
        asked.add(Message.User.fromHarness(Summary.INSTRUCTION));
        ChatRequest.Options options = new ChatRequest.Options(
                ThinkingLevel.OFF,
                OptionalDouble.empty(),
                OptionalLong.empty(),
                Math.min(SUMMARY_TOKENS, window.reply()));
        ChatRequest asking = new ChatRequest(request.system(), request.tools(), asked, options);
        if (model.countTokens(asking) + options.maxOutputTokens() > window.tokens()) {
            return ""; // no room to ask: the facts must do
        }
        try {
            Message.Assistant answer = question.ask(asking).message();
            return answer.finish() == Finish.STOP || answer.finish() == Finish.LENGTH
                    ? answer.text().strip()
                    : "";
        } catch (ModelException e) {
            if (e.retryable() || e.kind() == ModelException.Kind.OVERFLOW) {
                return ""; // a summary is worth no failure: the facts must do
            }
            throw e;
        }
    }

    private static ChatRequest with(ChatRequest request, List<Message> messages) {
        return new ChatRequest(request.system(), request.tools(), messages, request.options());
    }
}
