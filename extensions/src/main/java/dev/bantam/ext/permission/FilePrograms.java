package dev.bantam.ext.permission;

import dev.bantam.ext.permission.Places.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Programs whose options decide what they do to files: rm, mv, find, sed, awk, curl and wget. */
final class FilePrograms {
    private static final Set<String> FIND_VALUED = Set.of(
            "-name",
            "-iname",
            "-path",
            "-ipath",
            "-wholename",
            "-regex",
            "-iregex",
            "-newer",
            "-type",
            "-mtime",
            "-mmin",
            "-size",
            "-maxdepth",
            "-mindepth",
            "-user",
            "-group",
            "-perm",
            "-printf",
            "-lname",
            "-newermt",
            "-regextype");
    private static final Pattern JUNK = Pattern.compile(
            "\\*\\.(py[co]|o|obj|class|tmp|bak|orig|rej|swp|log|gc\\w+)|\\*~|__pycache__|\\.DS_Store|node_modules|\\.pytest_cache");
    private static final Pattern SED_RUNS =
            Pattern.compile("(?:^|[;{\\n0-9$])\\s*[eWw](?:\\s|$)|/[gpimIM0-9]*[ew][gpimIM0-9]*\\s*(?:$|[;}\\n])");
    private static final Pattern AWK_RUNS = Pattern.compile(
            "\\bsystem\\s*\\(|(?<!\\|)\\|(?!\\|)|\\bprintf?\\b[^;}\\n]*>|\\bgetline\\b|@load|\\bclose\\s*\\(");

    private final Programs programs;
    private final FileJudge files;

    FilePrograms(Programs programs, FileJudge files) {
        this.programs = programs;
        this.files = files;
    }

    /** Whether it was one of these. */
    boolean judge(Invocation call) {
        switch (call.program()) {
            case "rm", "rmdir", "unlink", "shred", "trash" -> remove(call);
            case "mv" -> move(call);
            case "find" -> find(call);
            case "sed", "gsed" -> sed(call);
            case "awk", "gawk", "mawk", "nawk" -> awk(call);
            case "curl", "wget" -> new Download(call, files).judge();
            default -> {
                return false;
            }
        }
        return true;
    }

    private static List<Arg> operands(Invocation call) {
        List<Arg> operands = new ArrayList<>();
        boolean all = false;
        for (Arg arg : call.rest()) {
            if (arg.is("--") && !all) {
                all = true;
            } else if (all || arg.value().isEmpty() || !arg.text().startsWith("-")) {
                operands.add(arg);
            }
        }
        return operands;
    }

    private void remove(Invocation call) {
        boolean recursive = call.rest().stream().anyMatch(arg -> arg.text().matches("-\\w*[rR]\\w*|--recursive"));
        List<Arg> operands = operands(call);
        if (operands.isEmpty()) {
            call.is(Risk.HARMLESS, "");
        }
        files.removes(operands, recursive, call);
    }

    private void move(Invocation call) {
        List<Arg> operands = operands(call);
        boolean intoOption = call.rest().stream()
                .anyMatch(arg -> arg.text().startsWith("-t") || arg.text().startsWith("--target"));
        List<Arg> moved = operands.isEmpty() || intoOption ? operands : operands.subList(0, operands.size() - 1);
        for (Arg source : moved) {
            for (Place place : files.places().of(source, call.scope())) {
                if (files.places().vital(place)) {
                    call.is(Risk.RUIN, "would move " + source.text() + " away");
                }
            }
        }
        programs.writes(call, call.rest());
    }

    private void find(Invocation call) {
        List<Arg> rest = call.rest();
        List<Place> starts = new ArrayList<>();
        boolean started = false;
        boolean junk = false;
        Risk worst = Risk.HARMLESS;
        String why = "";
        for (int i = 0; i < rest.size(); i++) {
            Arg arg = rest.get(i);
            String text = arg.text();
            started |= text.startsWith("-") && !text.matches("-[HLPO]\\d?") || text.matches("[(!]");
            if (!started && arg.value().isPresent()) {
                starts.addAll(files.places().of(arg, call.scope()));
            } else if (FIND_VALUED.contains(text)) {
                i++;
                junk |= i < rest.size()
                        && text.matches("-i?name")
                        && JUNK.matcher(rest.get(i).text()).matches();
            } else if (text.matches("-(exec|execdir|ok|okdir)")) {
                i = execute(call, i + 1, starts);
            } else if (text.equals("-delete")) {
                boolean inside = !starts.isEmpty() && starts.stream().allMatch(place -> place instanceof Place.Inside);
                worst = worst.orWorse(junk && (inside || starts.isEmpty()) ? Risk.HARMLESS : Risk.LOSS);
                why = "deletes all files that it finds";
            } else if (text.matches("-(fprint|fprintf|fls|fprint0)")) {
                files.writes(
                        i + 1 < rest.size() ? rest.get(i + 1) : Arg.UNKNOWN, call.scope(), call.words(), call.found());
                i++;
            } else if (arg.value().isEmpty()) {
                worst = worst.orWorse(Risk.UNSEEN);
                why = "has an option that only its run can tell";
            }
        }
        files.reads(List.of(), call.scope(), new Finding(worst, call.words(), why), call.found());
    }

    /** The command behind {@code -exec}; gives the place of its end. */
    private int execute(Invocation call, int from, List<Place> starts) {
        boolean inside = starts.stream().allMatch(place -> place instanceof Place.Inside);
        List<Arg> command = new ArrayList<>();
        int at = from;
        while (at < call.rest().size() && !call.rest().get(at).is(";") && !endsMany(call, at)) {
            Arg arg = call.rest().get(at);
            boolean file = arg.is("{}");
            command.add(file && inside ? Arg.SOME_FILE : arg.text().contains("{}") ? Arg.UNKNOWN : arg);
            at++;
        }
        if (!command.isEmpty()) {
            Scope scope = call.scope().copy();
            if (call.rest().get(from - 1).text().endsWith("dir")) {
                scope.lost();
            }
            programs.judge(new Invocation(command, scope, Input.NOTHING, call.found()));
        }
        return at;
    }

    private static boolean endsMany(Invocation call, int at) {
        return call.rest().get(at).is("+") && call.rest().get(at - 1).is("{}");
    }

    private void sed(Invocation call) {
        boolean inPlace = call.rest().stream().anyMatch(arg -> arg.text().matches("-[nErsuz]*i.*|--in-place.*"));
        List<Arg> named = new ArrayList<>();
        boolean script = false;
        boolean runs = false;
        for (int i = 0; i < call.rest().size(); i++) {
            Arg arg = call.rest().get(i);
            boolean option = arg.value().isPresent() && arg.text().startsWith("-");
            if (option
                    && arg.text().matches("-[nErsuz]*e|--expression|-[nErsuz]*f|--file")
                    && i + 1 < call.rest().size()) {
                script = true;
                i++;
                runs |= isRunning(call.rest().get(i), SED_RUNS);
            } else if (option) {
                script |= arg.text().matches("--(expression|file)=.*");
                runs |= arg.text().startsWith("--expression=") && isRunning(arg, SED_RUNS);
            } else if (!script) {
                script = true;
                runs |= isRunning(arg, SED_RUNS);
            } else {
                named.add(arg);
            }
        }
        if (runs) {
            call.is(Risk.UNSEEN, "may run commands or write files from its script");
        }
        if (inPlace) {
            programs.writes(call, named);
        } else {
            files.reads(named, call.scope(), new Finding(Risk.HARMLESS, call.words(), ""), call.found());
        }
    }

    /** A script that is put together when it runs usually holds a value, not a command; only what is seen can alarm. */
    private static boolean isRunning(Arg script, Pattern alarm) {
        return script.value().isPresent() && alarm.matcher(script.text()).find();
    }

    private void awk(Invocation call) {
        boolean ownFile = call.rest().stream().anyMatch(arg -> arg.text().matches("-f.*|--file.*"));
        boolean writes = call.rest().stream().anyMatch(arg -> arg.text().matches("-i.*|--include.*|inplace"));
        boolean runs = writes
                || !ownFile
                        && call.rest().stream()
                                .anyMatch(arg -> arg.value().isPresent()
                                        && AWK_RUNS.matcher(arg.text()).find());
        Risk risk = runs ? Risk.UNSEEN : Risk.HARMLESS;
        List<Arg> named =
                call.rest().stream().filter(arg -> !arg.text().contains("{")).toList();
        Finding finding = new Finding(risk, call.words(), "may run commands or write files from its script");
        files.reads(named, call.scope(), finding, call.found());
    }
}
