package dev.bantam.ext.rules;

import dev.bantam.api.CallVerdict;
import dev.bantam.api.Event;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.ToolResult;
import dev.bantam.api.TurnVerdict;
import dev.bantam.api.Workspace.OutsideWorkspaceException;
import dev.bantam.ext.text.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks each change of a file, tells the rules once, and asks once a run for what the rules want said at its end. */
final class RulesHooks implements Hooks {
    private static final long MAX_BYTES = 1 << 20;
    private static final int MOST_NAMED = 8;

    private final ExtensionContext context;
    private final List<Rule> rules;
    private final CodeBase codeBase;
    private final Map<String, String> before = new LinkedHashMap<>();
    private final Set<String> told = new HashSet<>();
    private final Set<String> changedSymbols = new LinkedHashSet<>(); // of this run
    private boolean rulesTold;
    private boolean asked;

    RulesHooks(ExtensionContext context, List<Rule> rules) {
        this.context = context;
        this.rules = rules;
        this.codeBase = new CodeBase(context.workspace().root());
        String list = list();
        this.rulesTold = list.isEmpty()
                || context.earlier().stream().anyMatch(message -> message.text().contains(list));
    }

    /** Those that the model has not read elsewhere, as many as the budget takes. */
    private String list() {
        StringBuilder list = new StringBuilder();
        for (Rule rule : rules) {
            String line = "- " + rule.text() + "\n";
            if (!rule.known() && context.countTokens(list + line) <= context.setting(Rules.TOKENS)) {
                list.append(line);
            }
        }
        return list.toString().stripTrailing();
    }

    @Override
    public List<Guidance> guide(List<Message> conversation) {
        if (rulesTold) {
            return List.of();
        }
        rulesTold = true;
        String text = template("rules.md").with(Map.of("rules", list()));
        return List.of(new Guidance(text, "the project's rules"));
    }

    @Override
    public List<Carried> carried() {
        String list = list();
        return list.isEmpty() ? List.of() : List.of(new Carried("The project's rules", list));
    }

    @Override
    public void onEvent(Event event) {
        if (event instanceof Event.TurnStarted started && started.turn() == 1) {
            changedSymbols.clear();
            asked = false;
        }
    }

    @Override
    public CallVerdict judgeCall(Part.ToolCall call) {
        call.arguments().optionalText("path").flatMap(this::shown).ifPresent(path -> {
            if (!before.containsKey(path)) {
                content(path).ifPresent(text -> before.put(path, text));
            }
        });
        return CallVerdict.ALLOW;
    }

    @Override
    public Optional<ToolResult> rewriteResult(Part.ToolCall call, ToolResult result) {
        List<String> breaches = new ArrayList<>();
        for (String path : result.effectsOrNone().changed()) {
            Optional<String> after = content(path);
            if (after.isPresent()) {
                check(new Change(path, before.getOrDefault(path, ""), after.get()), breaches);
            }
        }
        breaches.removeIf(breach -> !told.add(breach.replaceAll("\\d+", "")));
        return breaches.isEmpty()
                ? Optional.empty()
                : Optional.of(result.withContent(result.content() + "\n\n" + String.join("\n", breaches)));
    }

    private void check(Change change, List<String> breaches) {
        changedSymbols.addAll(change.changedSymbols());
        for (Rule rule : rules) {
            switch (rule) {
                case Rule.FileLength length -> tooLong(length, change).ifPresent(breaches::add);
                case Rule.Reuse reuse -> alreadyThere(reuse, change).ifPresent(breaches::add);
                case Rule.Without without -> holds(without, change).ifPresent(breaches::add);
                case Rule.Explain atTheEnd -> {}
                case Rule.Told toldOnce -> {}
            }
        }
    }

    private static Optional<String> tooLong(Rule.FileLength rule, Change change) {
        long now = change.after().lines().count();
        boolean broken = now > rule.lines() && now > change.before().lines().count();
        return broken
                ? Optional.of(
                        template("too-long.md").with(Map.of("path", change.path(), "lines", now, "rule", rule.text())))
                : Optional.empty();
    }

    private static Optional<String> holds(Rule.Without rule, Change change) {
        return change.added().stream()
                .filter(line -> line.contains(rule.word()))
                .findFirst()
                .map(line -> template("not-allowed.md")
                        .with(Map.of("path", change.path(), "line", line.strip(), "rule", rule.text())));
    }

    private Optional<String> alreadyThere(Rule.Reuse rule, Change change) {
        for (String name : change.newSymbols()) {
            List<String> like = told.add("looked for " + name) ? codeBase.like(name, change.path()) : List.of();
            if (!like.isEmpty()) {
                return Optional.of(template("already-there.md")
                        .with(Map.of("name", name, "found", String.join(", ", like), "rule", rule.text())));
            }
        }
        return Optional.empty();
    }

    /** Asks once a run, and only when the last answer names none of the functions that changed. */
    @Override
    public TurnVerdict judgeTurn(Turn turn) {
        Optional<Rule> rule =
                rules.stream().filter(Rule.Explain.class::isInstance).findFirst();
        boolean named = changedSymbols.stream().anyMatch(turn.reply().text()::contains);
        if (!turn.last()
                || rule.isEmpty()
                || asked
                || changedSymbols.isEmpty()
                || named
                || turn.reply().text().isBlank()) {
            return TurnVerdict.NO_OPINION;
        }
        asked = true;
        String functions =
                String.join(", ", changedSymbols.stream().limit(MOST_NAMED).toList());
        String text = template("say-which.md")
                .with(Map.of("functions", functions, "rule", rule.get().text()));
        return new TurnVerdict.Nudge(text, "the answer names none of the functions that changed");
    }

    private Optional<String> shown(String named) {
        try {
            return Optional.of(context.workspace().show(context.workspace().resolve(named)));
        } catch (OutsideWorkspaceException | IOException e) {
            return Optional.empty(); // the tool meets the same obstacle, and has the words for it
        }
    }

    private Optional<String> content(String name) {
        try {
            Path file = context.workspace().resolve(name);
            boolean readable = Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES;
            return readable
                    ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (OutsideWorkspaceException | IOException e) {
            return Optional.empty(); // what cannot be read is not judged
        }
    }

    private static Template template(String resource) {
        return Template.of(RulesHooks.class, resource);
    }
}
