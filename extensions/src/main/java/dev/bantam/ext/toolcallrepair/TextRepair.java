package dev.bantam.ext.toolcallrepair;

import dev.bantam.api.Part;
import dev.bantam.api.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes calls of what one text holds, and takes them out of it. */
final class TextRepair {
    private final Toolbox tools;
    private final Supplier<String> ids;

    TextRepair(Toolbox tools, Supplier<String> ids) {
        this.tools = tools;
        this.ids = ids;
    }

    /**
     * What became of a text.
     *
     * @param rest the text without the calls
     */
    record Repaired(String rest, List<Part.ToolCall> calls, List<String> steps, List<Problem> problems) {}

    /** A candidate with the calls that it makes. */
    private record Accepted(Candidate candidate, List<Part.ToolCall> calls) {}

    /** @param besides the calls that the reply has already: none of them is run twice, and JSON is then no call */
    Repaired visible(String text, List<Part.ToolCall> besides) {
        Intent intent = new Intent(text, new CallFinder(text).find());
        Optional<Problem> doubt = besides.isEmpty() ? doubt(intent) : Optional.empty();
        boolean json = besides.isEmpty() && doubt.isEmpty();
        List<Candidate> meant = intent.candidates().stream()
                .filter(candidate ->
                        candidate.form().explicit() ? !intent.isQuoted(candidate) : json && intent.isCall(candidate))
                .toList();
        Repaired repaired = repair(text, meant, besides, intent);
        List<Problem> problems = new ArrayList<>(repaired.problems());
        doubt.ifPresent(problems::add);
        return new Repaired(repaired.rest(), repaired.calls(), repaired.steps(), problems);
    }

    /** JSON of a known tool may be a call or be shown: then none of the JSON runs, as the calls may need one another. */
    private Optional<Problem> doubt(Intent intent) {
        return intent.candidates().stream()
                .filter(candidate -> intent.isAmidProse(candidate) && intent.isCall(candidate))
                .flatMap(candidate -> candidate.drafts().stream().limit(1))
                .filter(draft -> tools.find(draft.tool()).isPresent())
                .map(draft -> new Problem(
                        draft.tool(),
                        tools.find(draft.tool()),
                        "so much text stands behind it that it may be an example",
                        Optional.empty(),
                        false))
                .findFirst();
    }

    /** Of thinking, only what stands at its very end, in markup that is for calls. */
    Repaired thought(String text) {
        Intent intent = new Intent(text, new CallFinder(text).find());
        List<Candidate> meant = intent.candidates().stream()
                .filter(candidate -> candidate.form().explicit() && intent.isLast(candidate))
                .toList();
        return repair(text, meant, List.of(), intent);
    }

    private Repaired repair(String text, List<Candidate> meant, List<Part.ToolCall> besides, Intent intent) {
        List<Accepted> accepted = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Candidate candidate : meant) {
            if (candidate.fault().isPresent()) {
                unreadable(candidate, intent).ifPresent(problems::add);
            } else {
                calls(candidate, besides, steps, problems)
                        .map(found -> onceOnly(found, accepted, steps))
                        .ifPresent(accepted::add);
            }
        }
        List<Part.ToolCall> calls =
                accepted.stream().flatMap(each -> each.calls().stream()).toList();
        return new Repaired(without(text, accepted), calls, steps, problems);
    }

    /** All calls of a candidate, or none: they were written as one thing. */
    private Optional<Accepted> calls(
            Candidate candidate, List<Part.ToolCall> besides, List<String> steps, List<Problem> problems) {
        List<Part.ToolCall> calls = new ArrayList<>();
        List<String> made = new ArrayList<>();
        boolean sure = candidate.form().explicit();
        for (Draft draft : candidate.drafts()) {
            Optional<ToolSpec> tool = tools.find(draft.tool());
            if (tool.isEmpty()) {
                if (sure) {
                    problems.add(new Problem(
                            draft.tool(), tool, "there is no tool " + draft.tool(), Optional.empty(), true));
                }
                return Optional.empty();
            }
            try {
                ArgumentFit.Fitted fitted = ArgumentFit.fit(tool.get(), draft);
                calls.add(new Part.ToolCall("", draft.tool(), fitted.arguments()));
                made.add("took a call of " + tool.get().name() + " that stood in the text as "
                        + candidate.form().words() + allowing(draft.leniencies()));
                made.addAll(fitted.coercions());
            } catch (Fault fault) {
                problems.add(new Problem(draft.tool(), tool, fault.getMessage(), Optional.empty(), sure));
                return Optional.empty();
            }
        }
        if (calls.stream().anyMatch(call -> repeats(call, besides))) {
            return Optional.empty();
        }
        steps.addAll(made);
        return Optional.of(new Accepted(
                candidate,
                calls.stream()
                        .map(call -> new Part.ToolCall(ids.get(), call.tool(), call.arguments()))
                        .toList()));
    }

    /** Without the calls that stand in the text in another form too: some models write each call twice. */
    private Accepted onceOnly(Accepted found, List<Accepted> before, List<String> steps) {
        List<Part.ToolCall> others = before.stream()
                .filter(each -> each.candidate().form() != found.candidate().form())
                .flatMap(each -> each.calls().stream())
                .toList();
        List<Part.ToolCall> calls =
                found.calls().stream().filter(call -> !repeats(call, others)).toList();
        if (calls.size() < found.calls().size()) {
            steps.add("left out what stood in the text a second time, as "
                    + found.candidate().form().words());
        }
        return new Accepted(found.candidate(), calls);
    }

    private static String allowing(List<String> leniencies) {
        return leniencies.isEmpty() ? "" : ", in spite of " + String.join(", ", leniencies);
    }

    private boolean repeats(Part.ToolCall call, List<Part.ToolCall> besides) {
        return besides.stream()
                .anyMatch(other -> other.arguments().equals(call.arguments())
                        && tools.find(other.tool()).equals(tools.find(call.tool())));
    }

    private Optional<Problem> unreadable(Candidate candidate, Intent intent) {
        String called = intent.toolName(candidate);
        Optional<ToolSpec> tool = tools.find(called);
        boolean sure = candidate.form().explicit();
        boolean meant = sure || tool.isPresent() && intent.hasArguments(candidate);
        return meant
                ? Optional.of(new Problem(called, tool, candidate.fault().orElseThrow(), Optional.empty(), sure))
                : Optional.empty();
    }

    private static String without(String text, List<Accepted> accepted) {
        if (accepted.isEmpty()) {
            return text;
        }
        StringBuilder rest = new StringBuilder();
        int position = 0;
        for (Accepted each : accepted) {
            rest.append(text, position, each.candidate().start());
            position = each.candidate().end();
            boolean atBreak = rest.isEmpty() || rest.charAt(rest.length() - 1) == '\n';
            position = atBreak ? Blanks.behind(text, position) : position;
        }
        return rest.append(text, position, text.length()).toString().strip();
    }
}
