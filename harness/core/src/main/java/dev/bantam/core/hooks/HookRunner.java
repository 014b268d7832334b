package dev.bantam.core.hooks;

import dev.bantam.api.CallVerdict;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Event;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.SlashCommand;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import dev.bantam.api.TurnVerdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Asks a session's hooks and merges their answers by the rules that {@link Hooks} states. The only class that knows
 * these rules, and one of three that catch every exception: a faulty extension is reported, and the session goes on.
 */
public final class HookRunner {

    /** An extension's hooks in this session. */
    public record Named(String name, Hooks hooks) {}

    /** Told of every decision. */
    @FunctionalInterface
    public interface Decisions {
        void decided(String extension, String kind, String verdict, String reason);
    }

    private final List<Named> all;
    private final Decisions decisions;
    private final Set<String> deaf = new HashSet<>();

    public HookRunner(List<Named> all, Decisions decisions) {
        this.all = List.copyOf(all);
        this.decisions = decisions;
    }

    public List<String> names() {
        return all.stream().map(Named::name).toList();
    }

    public List<Tool> tools() {
        List<Tool> tools = new ArrayList<>();
        for (Named each : all) {
            ask(each, "tools", hooks -> Optional.of(hooks.tools())).ifPresent(tools::addAll);
        }
        return tools;
    }

    /** Whether everybody wants a tool to be offered. */
    public boolean offers(ToolSpec tool) {
        for (Named each : all) {
            if (!ask(each, "tools", hooks -> Optional.of(hooks.offers(tool))).orElse(true)) {
                decisions.decided(each.name(), "tools", "left_out", tool.name());
                return false;
            }
        }
        return true;
    }

    public List<SlashCommand> commands() {
        List<SlashCommand> commands = new ArrayList<>();
        for (Named each : all) {
            ask(each, "commands", hooks -> Optional.of(hooks.commands())).ifPresent(commands::addAll);
        }
        return commands;
    }

    public void onEvent(Event event) {
        for (Named each : all) {
            if (!deaf.contains(each.name())) {
                try {
                    each.hooks().onEvent(event);
                } catch (Exception | LinkageError e) { // told once: the report is an event again
                    deaf.add(each.name());
                    decisions.decided(each.name(), "event", "failed", e + "; it hears no more events");
                }
            }
        }
    }

    /** A text as the model is to read it. */
    public String rewritePrompt(String text) {
        String rewritten = text;
        for (Named each : all) {
            String before = rewritten;
            Optional<String> answer = ask(each, "prompt", hooks -> hooks.rewritePrompt(before));
            if (answer.isPresent()) {
                decisions.decided(each.name(), "prompt", "rewritten", "what the model reads of it");
                rewritten = answer.get();
            }
        }
        return rewritten;
    }

    /** How one request is to be answered. */
    public ChatRequest.Options shape(ChatRequest.Options options) {
        ChatRequest.Options shaped = options;
        for (Named each : all) {
            ChatRequest.Options before = shaped;
            shaped = ask(each, "options", hooks -> hooks.shapeOptions(before)).orElse(before);
        }
        return shaped;
    }

    /** Who has heard enough of a reply that is being made. */
    public Optional<Hooks.Halt> watch(Hooks.Streaming soFar) {
        for (Named each : all) {
            Optional<Hooks.Halt> halt = ask(each, "reply", hooks -> hooks.watchReply(soFar));
            if (halt.isPresent()) {
                decisions.decided(each.name(), "reply", "halted", halt.get().reason());
                return halt;
            }
        }
        return Optional.empty();
    }

    /** The reply after every repair. */
    public Message.Assistant mend(Message.Assistant reply) {
        Message.Assistant mended = reply;
        for (Named each : all) {
            Message.Assistant before = mended;
            Optional<Hooks.MendedReply> answer = ask(each, "reply", hooks -> hooks.mendReply(before));
            if (answer.isPresent()) {
                answer.get().steps().forEach(step -> decisions.decided(each.name(), "reply", "repaired", step));
                mended = before.withParts(answer.get().parts());
            }
        }
        return mended;
    }

    public CallVerdict judgeCall(Part.ToolCall call) {
        for (Named each : all) {
            CallVerdict verdict = judgedBy(each, call);
            if (verdict instanceof CallVerdict.Refuse refusal) {
                decisions.decided(each.name(), "call", "refused", refusal.reason());
                return refusal;
            }
        }
        return CallVerdict.ALLOW;
    }

    private CallVerdict judgedBy(Named each, Part.ToolCall call) {
        return ask(each, "call", hooks -> Optional.of(hooks.judgeCall(call)))
                .orElseGet(() -> new CallVerdict.Refuse(
                        call.tool() + " refused: the extension " + each.name()
                                + " that guards this call failed. Nothing was done.",
                        "it failed"));
    }

    /**
     * What an allowed call is run with.
     *
     * @return empty when an extension failed to prepare it: it must not run
     */
    public Optional<Part.ToolCall> prepare(Part.ToolCall call) {
        Part.ToolCall prepared = call;
        for (Named each : all) {
            Part.ToolCall before = prepared;
            Optional<Part.ToolCall> answer = ask(
                    each, "call", hooks -> Optional.of(hooks.prepareCall(before).orElse(before)));
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            prepared = answer.get();
        }
        return Optional.of(prepared);
    }

    public ToolResult rewrite(Part.ToolCall call, ToolResult result) {
        ToolResult rewritten = result;
        for (Named each : all) {
            ToolResult before = rewritten;
            Optional<ToolResult> answer = ask(each, "result", hooks -> hooks.rewriteResult(call, before));
            if (answer.isPresent()) {
                decisions.decided(each.name(), "result", "rewritten", "result of " + call.tool());
                rewritten = answer.get();
            }
        }
        return rewritten;
    }

    public List<Hooks.Guidance> guide(List<Message> conversation) {
        List<Hooks.Guidance> guidance = new ArrayList<>();
        for (Named each : all) {
            for (Hooks.Guidance one : ask(each, "guide", hooks -> Optional.of(hooks.guide(conversation)))
                    .orElse(List.of())) {
                decisions.decided(each.name(), "request", "guided", one.reason());
                guidance.add(one);
            }
        }
        return guidance;
    }

    /** The strongest verdict; nudges of several extensions are joined in order. */
    public TurnVerdict judgeTurn(Hooks.Turn turn) {
        TurnVerdict strongest = TurnVerdict.NO_OPINION;
        for (Named each : all) {
            TurnVerdict verdict = ask(each, "turn", hooks -> Optional.of(hooks.judgeTurn(turn)))
                    .orElse(TurnVerdict.NO_OPINION);
            report(each, verdict);
            strongest = stronger(strongest, verdict);
        }
        return strongest;
    }

    /** What a compaction keeps for the extensions. */
    public List<Hooks.Carried> carried() {
        List<Hooks.Carried> carried = new ArrayList<>();
        for (Named each : all) {
            ask(each, "compaction", hooks -> Optional.of(hooks.carried())).ifPresent(carried::addAll);
        }
        return carried;
    }

    /** Closes all, the last opened first. */
    public void close() {
        for (Named each : all.reversed()) {
            ask(each, "close", hooks -> {
                hooks.close();
                return Optional.empty();
            });
        }
    }

    private void report(Named each, TurnVerdict verdict) {
        switch (verdict) {
            case TurnVerdict.NoOpinion none -> {}
            case TurnVerdict.TakeUp up -> decisions.decided(each.name(), "turn", "take_up", up.reason());
            case TurnVerdict.Nudge nudge -> decisions.decided(each.name(), "turn", "nudge", nudge.reason());
            case TurnVerdict.RollBack back -> decisions.decided(each.name(), "turn", "roll_back", back.reason());
            case TurnVerdict.LetEnd end -> decisions.decided(each.name(), "turn", "let_end", end.reason());
            case TurnVerdict.Escalate up -> decisions.decided(each.name(), "turn", "escalate", up.reason());
            case TurnVerdict.Stop stop -> decisions.decided(each.name(), "turn", "stop", stop.reason());
        }
    }

    private static TurnVerdict stronger(TurnVerdict a, TurnVerdict b) {
        if (a instanceof TurnVerdict.Nudge first && b instanceof TurnVerdict.Nudge second) {
            return new TurnVerdict.Nudge(
                    first.text() + "\n\n" + second.text(), first.reason() + "; " + second.reason());
        }
        return strength(b) > strength(a) ? b : a;
    }

    private static int strength(TurnVerdict verdict) {
        return switch (verdict) {
            case TurnVerdict.NoOpinion none -> 0;
            case TurnVerdict.TakeUp up -> 1;
            case TurnVerdict.Nudge nudge -> 2;
            case TurnVerdict.RollBack back -> 3;
            case TurnVerdict.LetEnd end -> 4;
            case TurnVerdict.Escalate up -> 5;
            case TurnVerdict.Stop stop -> 6;
        };
    }

    private <T> Optional<T> ask(Named each, String kind, Function<Hooks, Optional<T>> question) {
        try {
            return Objects.requireNonNull(question.apply(each.hooks()), "the answer is null");
        } catch (Exception | LinkageError e) { // a jar made for another version fails with the latter
            decisions.decided(each.name(), kind, "failed", String.valueOf(e));
            return Optional.empty();
        }
    }
}
