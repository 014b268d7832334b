package dev.bantam.core.dispatch;

import dev.bantam.api.CallVerdict;
import dev.bantam.api.Part;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.core.hooks.HookRunner;
import dev.bantam.core.settings.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs the tool calls of one reply: in order, or at the same time when all only read. Each call is mapped to a known
 * tool, checked against its schema, judged by the extensions, run, and its result rewritten. Whatever goes wrong becomes
 * a result that the model can act on.
 */
public final class ToolDispatcher {

    /** Told of each call as it goes. */
    public interface Listener {
        /** The call is about to run; names and arguments are those of the schema. */
        void started(Part.ToolCall call);

        void finished(Part.ToolCall call, ToolResult result, Duration took);

        /** A name was mapped. */
        void mapped(String sentence);
    }

    private final ToolBox tools;
    private final HookRunner hooks;
    private final ToolContext context;
    private final Listener listener;

    public ToolDispatcher(ToolBox tools, HookRunner hooks, ToolContext context, Listener listener) {
        this.tools = tools;
        this.hooks = hooks;
        this.context = context;
        this.listener = listener;
    }

    private record Prepared(Part.ToolCall call, Callable<ToolResult> work) {}

    /**
     * Runs all calls; the listener hears of each result in the calls' order.
     *
     * @throws InterruptedException when the user cancelled; the listener has heard of every call that was over
     */
    public void dispatch(List<Part.ToolCall> calls) throws InterruptedException {
        boolean together = calls.size() > 1
                && calls.stream()
                        .allMatch(call ->
                                tools.find(call.tool()).map(Tool::readOnly).orElse(false));
        if (together) {
            runTogether(calls);
        } else {
            for (Part.ToolCall call : calls) {
                runOne(prepare(call));
            }
        }
    }

    private void runOne(Prepared prepared) throws InterruptedException {
        listener.started(prepared.call());
        long start = System.nanoTime();
        ToolResult result = result(prepared);
        finish(prepared.call(), result, start);
    }

    private void runTogether(List<Part.ToolCall> calls) throws InterruptedException {
        List<Prepared> prepared = calls.stream().map(this::prepare).toList();
        prepared.forEach(each -> listener.started(each.call()));
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ToolResult>> running = new ArrayList<>();
            prepared.forEach(each -> running.add(threads.submit(() -> result(each))));
            int told = 0;
            try {
                for (; told < prepared.size(); told++) {
                    finish(prepared.get(told).call(), running.get(told).get(), start);
                }
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                threads.shutdownNow();
                for (; told < prepared.size(); told++) { // what was over is told all the same
                    if (running.get(told).state() == Future.State.SUCCESS) {
                        finish(prepared.get(told).call(), running.get(told).resultNow(), start);
                    }
                }
                throw e;
            }
        }
    }

    private void finish(Part.ToolCall call, ToolResult result, long startNanos) {
        ToolResult rewritten = hooks.rewrite(call, result);
        listener.finished(call, rewritten, Duration.ofNanos(System.nanoTime() - startNanos));
    }

    /** The one place where a tool's exception ends: the model reads it as a failure. */
    private ToolResult result(Prepared prepared) throws InterruptedException {
        try {
            return prepared.work().call();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | LinkageError e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return new ToolResult.Failed(prepared.call().tool() + " failed: " + why);
        }
    }

    private Prepared prepare(Part.ToolCall call) {
        Tool tool = tools.find(call.tool()).orElse(null);
        if (tool == null) {
            return refused(
                    call,
                    "there is no tool " + call.tool() + "." + Nearest.hint(call.tool(), tools.names())
                            + " The tools are: " + String.join(", ", tools.names()) + ".");
        }
        String name = tool.spec().name();
        if (!name.equals(call.tool())) {
            listener.mapped("tool " + call.tool() + " taken as " + name);
        }
        CallCheck.Checked checked = CallCheck.check(tool.spec(), call.arguments());
        checked.mapped().forEach(listener::mapped);
        Part.ToolCall known = new Part.ToolCall(call.id(), name, checked.arguments(), call.raw());
        if (checked.fault().isPresent()) {
            return refused(known, checked.fault().get());
        }
        return switch (hooks.judgeCall(known)) {
            case CallVerdict.Refuse refusal -> refused(known, refusal.text());
            case CallVerdict.Allow allowed -> ready(tool, known);
        };
    }

    private Prepared ready(Tool tool, Part.ToolCall call) {
        Optional<Part.ToolCall> prepared = hooks.prepare(call);
        return prepared.isEmpty()
                ? refused(
                        call, call.tool() + " refused: an extension that prepares this call failed. Nothing was done.")
                : new Prepared(call, () -> tool.run(prepared.get().arguments(), context));
    }

    private static Prepared refused(Part.ToolCall call, String text) {
        return new Prepared(call, () -> new ToolResult.Refused(text));
    }
}
