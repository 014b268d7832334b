package dev.bantam.ext.permission;

import dev.bantam.api.CallVerdict;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Part;
import dev.bantam.ext.text.Template;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Judges calls: every tool that takes a {@code command}, and the paths of the others. */
final class PermissionHooks implements Hooks {
    private static final Set<String> CONFINING = Set.of("docker", "bubblewrap");
    private static final Set<String> CHANGING = Set.of("write", "edit");
    private static final int MOST_SHOWN = 400;

    private final ExtensionContext context;
    private final Places places;
    private final Expansion expansion;
    private final ProgramTable table = ProgramTable.load();
    private final Policy policy;
    private final Map<String, Scope> shells = new HashMap<>(); // how tools were left whose shell stays

    PermissionHooks(ExtensionContext context) {
        this.context = context;
        Path root = context.workspace().root();
        Path home = home();
        this.places = new Places(context.workspace(), home, Path.of(System.getProperty("java.io.tmpdir")));
        this.expansion = new Expansion(home);
        this.policy = new Policy(
                Rule.all(context.setting(Permission.DENY), root, home),
                Rule.all(context.setting(Permission.ASK), root, home),
                Rule.all(context.setting(Permission.ALLOW), root, home),
                new Grants(context.dataFolder(), root),
                CONFINING.contains(context.sandbox().kind()),
                context.offline());
    }

    private static Path home() {
        String home = System.getenv("HOME");
        return Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home);
    }

    @Override
    public CallVerdict judgeCall(Part.ToolCall call) {
        Scope scope = start(call.tool());
        List<Finding> found = found(call, scope);
        List<Finding> denied = those(found, Verdict.DENY::equals);
        if (!denied.isEmpty()) {
            return refuse(call, denied.getFirst(), policy.forbids(denied.getFirst()) ? "denied.md" : "ruinous.md");
        }
        List<Finding> asked = those(found, Verdict.ASK::equals);
        if (!asked.isEmpty() && !refusedAnyway(call)) {
            Optional<CallVerdict> refusal = ask(call, asked);
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        if (!call.tool().equals("bash") && call.arguments().optionalText("job").isEmpty()) {
            shells.put(call.tool(), scope);
        }
        return CallVerdict.ALLOW;
    }

    /** Where no command runs, a yes would be worth nothing, and the sandbox says why better than a refusal here. */
    private boolean refusedAnyway(Part.ToolCall call) {
        return context.sandbox().kind().equals("refused")
                && call.arguments().optionalText("command").isPresent();
    }

    /** Where a call begins: a shell that stays is where it was left, or, if it was started anew since, at the root. */
    private Scope start(String tool) {
        Scope scope = new Scope(places.root());
        if (shells.containsKey(tool)) {
            scope.alsoIn(shells.get(tool));
            scope.defineAllOf(shells.get(tool));
        }
        return scope;
    }

    private List<Finding> those(List<Finding> found, Predicate<Verdict> wanted) {
        return found.stream()
                .filter(finding -> wanted.test(policy.of(finding)))
                .distinct()
                .toList();
    }

    private List<Finding> found(Part.ToolCall call, Scope scope) {
        List<Finding> found = new ArrayList<>();
        call.arguments()
                .optionalText("command")
                .ifPresent(command ->
                        new ScriptJudge(places, expansion, table).script(command, scope, Input.NOTHING, found));
        call.arguments().optionalText("input").ifPresent(input -> typed(input, found));
        call.arguments().optionalText("path").filter(path -> !path.isBlank()).ifPresent(path -> {
            for (Places.Place place : places.of(Arg.of(path), new Scope(places.root()))) {
                boolean git = CHANGING.contains(call.tool())
                        && place instanceof Places.Place.Inside inside
                        && FileJudge.isGit(inside.name());
                found.add(new Finding(
                        git ? Risk.LOSS : Risk.HARMLESS,
                        List.of(call.tool(), path),
                        git ? "changes the files of git itself" : "",
                        places.absolute(place).stream().toList()));
            }
        });
        return found;
    }

    /**
     * What is typed into a program that runs may be an answer, code or a command. It is read as the latter two; what is
     * none of them is an answer.
     */
    private void typed(String input, List<Finding> found) {
        List<Finding> asScript = new ArrayList<>();
        Scope anywhere = new Scope(places.root());
        anywhere.lost();
        new ScriptJudge(places, expansion, table).script(input, anywhere, Input.NOTHING, asScript);
        asScript.stream()
                .filter(finding -> finding.risk() != Risk.UNFAMILIAR && finding.risk() != Risk.UNSEEN)
                .forEach(found::add);
        InlineCode.alarm(input, places.root())
                .ifPresent(alarm -> found.add(new Finding(Risk.UNSEEN, List.of(input), "types what " + alarm)));
    }

    private Optional<CallVerdict> ask(Part.ToolCall call, List<Finding> asked) {
        if (context.person().isEmpty()) {
            boolean allowed = context.setting(Permission.UNATTENDED).equals("allow");
            if (allowed) {
                asked.forEach(finding -> context.decided("call", "allowed", "unattended: " + finding.shown()));
                return Optional.empty();
            }
            return Optional.of(refuse(call, asked.getFirst(), "nobody-to-ask.md"));
        }
        Question question = Question.about(call, asked);
        Question.Answer answer = question.put(context.person().get());
        switch (answer) {
            case ONCE -> {}
            case SESSION -> policy.grants().forSession(asked);
            case PROJECT -> policy.grants().forProject(asked);
            case NO -> {
                return Optional.of(refuse(call, asked.getFirst(), "person-said-no.md"));
            }
        }
        asked.forEach(finding -> context.decided("call", "granted", answer.word() + ": " + Grants.shown(finding)));
        return Optional.empty();
    }

    private static CallVerdict refuse(Part.ToolCall call, Finding finding, String resource) {
        String shown = finding.shown().length() <= MOST_SHOWN
                ? finding.shown()
                : finding.shown().substring(0, MOST_SHOWN) + "…";
        String why = finding.why().isEmpty() ? "matches a rule of the user" : finding.why();
        String text = Template.of(PermissionHooks.class, resource)
                .with(Map.of("tool", call.tool(), "command", shown, "why", why));
        return new CallVerdict.Refuse(text, shown + ": it " + why);
    }
}
