package dev.bantam.ext.permission;

import dev.bantam.ext.permission.Places.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shells and languages: what they run is a script of the workspace, a text in the command, or what they read. */
final class Interpreters {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "zsh", "ksh", "ash");

    /** Options behind which code stands, by language; a group takes code that is attached. */
    private static final Map<String, Pattern> INLINE = Map.ofEntries(
            Map.entry("python", Pattern.compile("(?s)-[bBdEiIOqsSuvx]*c(.*)")),
            Map.entry("pypy", Pattern.compile("(?s)-[bBdEiIOqsSuvx]*c(.*)")),
            Map.entry("node", Pattern.compile("(?s)-e()|-p()|-pe()|--eval=?(.*)|--print=?(.*)")),
            Map.entry("nodejs", Pattern.compile("(?s)-e()|-p()|-pe()|--eval=?(.*)|--print=?(.*)")),
            Map.entry("bun", Pattern.compile("(?s)-e()|--eval=?(.*)")),
            Map.entry("deno", Pattern.compile("eval()")),
            Map.entry("ruby", Pattern.compile("(?s)-[aln0pw]*e(.*)")),
            Map.entry("perl", Pattern.compile("(?s)-[a-zA-Z0-9.]*?[eE](.*)")),
            Map.entry("php", Pattern.compile("(?s)-r(.*)")),
            Map.entry("lua", Pattern.compile("(?s)-e(.*)")),
            Map.entry("luajit", Pattern.compile("(?s)-e(.*)")),
            Map.entry("Rscript", Pattern.compile("-e()")),
            Map.entry("julia", Pattern.compile("(?s)-[eE](.*)|--eval=?(.*)")),
            Map.entry("groovy", Pattern.compile("-e()")),
            Map.entry("osascript", Pattern.compile("-e()")));

    private static final Set<String> VALUED = Set.of("-W", "-X", "-r", "--require", "--import", "-I", "-M", "--loader");

    private final ScriptJudge scripts;
    private final Programs programs;
    private final FileJudge files;

    Interpreters(ScriptJudge scripts, Programs programs, FileJudge files) {
        this.scripts = scripts;
        this.programs = programs;
        this.files = files;
    }

    static boolean knows(String program) {
        return SHELLS.contains(program) || INLINE.containsKey(language(program));
    }

    private static String language(String program) {
        return program.replaceFirst("[-.]?[0-9.]+$", "");
    }

    /** Whether it was one of these. */
    boolean judge(Invocation call) {
        if (SHELLS.contains(call.program())) {
            shell(call);
            return true;
        }
        Pattern inline = INLINE.get(language(call.program()));
        if (inline != null) {
            language(call, inline);
        }
        return inline != null;
    }

    private void shell(Invocation call) {
        List<Arg> rest = call.rest();
        boolean text = false;
        int at = 0;
        while (at < rest.size()
                && rest.get(at).value().isPresent()
                && rest.get(at).text().matches("[-+].*")) {
            String option = rest.get(at).text();
            text |= option.matches("-\\w*c\\w*");
            at += option.matches("[-+]\\w*[oO]|--rcfile|--init-file") ? 2 : 1;
        }
        Optional<Arg> operand = at < rest.size() ? Optional.of(rest.get(at)) : Optional.empty();
        if (text && operand.isPresent() && operand.get().value().isPresent()) {
            scripts.script(operand.get().text(), call.scope().ofAnotherShell(), call.input(), call.found());
        } else if (text) {
            call.is(Risk.UNSEEN, "runs a text that only its run can tell");
        } else if (operand.isPresent()) {
            file(operand.get(), call);
        } else {
            input(call);
        }
    }

    private void input(Invocation call) {
        switch (call.input()) {
            case Input.Nothing nothing -> call.is(Risk.HARMLESS, "");
            case Input.Stream stream -> call.is(Risk.UNSEEN, "runs whatever it is sent, unread");
            case Input.Document(Optional<String> text) -> {
                if (text.isPresent() && SHELLS.contains(call.program())) {
                    scripts.script(text.get(), call.scope().ofAnotherShell(), Input.NOTHING, call.found());
                } else {
                    code(text, call);
                }
            }
        }
    }

    private void language(Invocation call, Pattern inline) {
        List<Arg> rest = call.rest();
        boolean inPlace = false;
        for (int i = 0; i < rest.size(); i++) {
            Arg arg = rest.get(i);
            Matcher matcher = inline.matcher(arg.text());
            if (arg.value().isPresent() && matcher.matches()) {
                Optional<Arg> next = i + 1 < rest.size() ? Optional.of(rest.get(i + 1)) : Optional.empty();
                String attached = attached(matcher);
                code(attached.isEmpty() ? next.flatMap(Arg::value) : Optional.of(attached), call);
                if (inPlace || arg.text().matches("-\\w*i.*") && call.program().matches("perl|ruby")) {
                    programs.writes(call, rest.subList(Math.min(rest.size(), i + 2), rest.size()));
                }
                return;
            }
            if (arg.is("-m") && call.program().startsWith("py")) {
                module(call, rest.subList(i + 1, rest.size()));
                return;
            }
            if (!arg.maybeOption() || arg.value().isEmpty()) {
                scriptOrSubcommand(arg, call);
                return;
            }
            if (arg.is("-")) {
                break;
            }
            inPlace |= arg.text().startsWith("-i");
            i += VALUED.contains(arg.text()) ? 1 : 0;
        }
        boolean asks = rest.stream().anyMatch(arg -> arg.text().matches("-V|-v|--version|-h|--help|--test.*|--check"));
        if (asks) {
            call.is(Risk.BUILD, "");
        } else {
            input(call);
        }
    }

    private static String attached(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return "";
    }

    /** {@code python -m pip} is pip; what nothing is known of is a module of the project. */
    private void module(Invocation call, List<Arg> moduleAndRest) {
        List<Finding> found = new java.util.ArrayList<>();
        if (!moduleAndRest.isEmpty()) {
            programs.judge(new Invocation(moduleAndRest, call.scope(), call.input(), found));
        }
        boolean unknown = found.stream().anyMatch(one -> one.risk() == Risk.UNFAMILIAR || one.risk() == Risk.UNSEEN);
        if (unknown || found.isEmpty()) {
            call.is(Risk.BUILD, "");
        } else {
            call.found().addAll(found);
        }
    }

    private void scriptOrSubcommand(Arg script, Invocation call) {
        if (Set.of("bun", "deno", "julia").contains(call.program())) {
            programs.byTable(call);
        } else {
            file(script, call);
        }
    }

    private void file(Arg script, Invocation call) {
        for (Place place : files.places().of(script, call.scope())) {
            switch (place) {
                case Place.Inside inside -> files.reads(call.rest(), call.scope(), mild(call), call.found());
                case Place.Temporary temporary -> files.reads(call.rest(), call.scope(), mild(call), call.found());
                case Place.Device device -> call.is(Risk.UNSEEN, "runs what it reads from " + script.text());
                case Place.Outside outside ->
                    call.is(Risk.UNFAMILIAR, "runs " + script.text() + ", a script outside of the workspace");
                case Place.Unknown unknown -> call.is(Risk.UNFAMILIAR, "runs a script that only its run can tell");
            }
        }
    }

    private static Finding mild(Invocation call) {
        return new Finding(Risk.BUILD, call.words(), "");
    }

    private void code(Optional<String> code, Invocation call) {
        if (code.isEmpty()) {
            call.is(Risk.UNSEEN, "runs code that only its run can tell");
            return;
        }
        Optional<String> alarm = InlineCode.alarm(code.get(), files.places().root());
        if (alarm.isPresent()) {
            call.is(Risk.UNSEEN, "runs code in the command that " + alarm.get());
        } else {
            call.is(Risk.BUILD, "");
        }
    }
}
