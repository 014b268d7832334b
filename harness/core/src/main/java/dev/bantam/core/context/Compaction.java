package dev.bantam.core.context;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.ThinkingLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;

/**
 * Replaces the older part of a conversation by a summary. Facts are carried word for word and cost no model; the model
 * adds what was done and what comes next, asked at the end of the very conversation that it has in its cache. A
 * compaction that would not gain enough is refused, so it can never run in circles.
 */
public final class Compaction {
    private static final int SUMMARY_TOKENS = 700;

    private final ChatModel model;
    private final Ledger ledger;
    private final Window window;

    public Compaction(ChatModel model, Ledger ledger, Window window) {
        this.model = model;
        this.ledger = ledger;
        this.window = window;
    }

    /** A new beginning of the conversation. */
    public record Compacted(List<Message> messages, int beforeTokens, int afterTokens) {}

    /**
     * Tries to make room.
     *
     * @param request what would be asked next
     * @param count tokens of a request
     * @return empty when there is too little to gain
     */
    public Optional<Compacted> compact(ChatRequest request, ToIntFunction<ChatRequest> count)
            throws InterruptedException {
        int before = count.applyAsInt(request);
        List<Message> messages = request.messages();
        int cut = cut(messages, window.tail());
        if (cut == 0) {
            return Optional.empty();
        }
        String story = story(request, cut, count);
        List<List<Message>> tails = List.of(
                messages.subList(cut, messages.size()),
                messages.subList(cut(messages, window.tail() / 2), messages.size()),
                clipped(messages.subList(cut(messages, 0), messages.size())));
        for (List<Message> tail : tails) {
            List<Message> compacted = new ArrayList<>();
            compacted.add(Message.User.fromHarness(Summary.text(ledger, story, window, model::countTokens)));
            compacted.addAll(tail);
            int after = count.applyAsInt(with(request, compacted));
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

    /** The last resort: results too long for the window, shortened. */
    private List<Message> clipped(List<Message> tail) {
        return tail.stream().map(this::clipped).toList();
    }

    private Message clipped(Message message) {
        return message instanceof Message.ToolReply reply
                ? new Message.ToolReply(
                        reply.callId(),
                        reply.tool(),
                        reply.result()
                                .withContent(Clip.middle(
                                        reply.result().content(),
                                        window.facts(),
                                        model::countTokens,
                                        Summary.LEFT_OUT)))
                : message;
    }

    /** What the model says of the part that goes; empty when it cannot say anything of use. */
    private String story(ChatRequest request, int cut, ToIntFunction<ChatRequest> count) throws InterruptedException {
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
        ChatRequest question = new ChatRequest(request.system(), request.tools(), asked, options);
        if (count.applyAsInt(question) + options.maxOutputTokens() > window.tokens()) {
            return ""; // no room to ask: the facts must do
        }
        try {
            Message.Assistant answer = model.reply(question, ReplyListener.NONE).message();
            return answer.finish() == Finish.STOP || answer.finish() == Finish.LENGTH
                    ? answer.text().strip()
                    : "";
        } catch (ModelException e) {
            return ""; // a summary is worth no failure: the facts must do
        }
    }

    private static ChatRequest with(ChatRequest request, List<Message> messages) {
        return new ChatRequest(request.system(), request.tools(), messages, request.options());
    }
}
