package dev.bantam.ext.permission;

import dev.bantam.ext.permission.Places.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The shell's own commands that change where it is, what it knows, or that run texts. */
final class Builtins {
    private final ScriptJudge scripts;
    private final Programs programs;
    private final FileJudge files;

    Builtins(ScriptJudge scripts, Programs programs, FileJudge files) {
        this.scripts = scripts;
        this.programs = programs;
        this.files = files;
    }

    /** Whether it was one of these. */
    boolean judge(Invocation call) {
        switch (call.args().getFirst().text()) {
            case "cd", "pushd" -> move(call);
            case "popd" -> {
                call.scope().lost();
                call.is(Risk.HARMLESS, "");
            }
            case "export", "declare", "typeset", "local", "readonly" -> declare(call);
            case "unset" -> {
                call.scope().forgetVariables();
                call.rest().forEach(arg -> call.scope().forgetFunction(arg.value()));
                call.is(Risk.HARMLESS, "");
            }
            case "read", "mapfile", "readarray", "getopts", "let", "printf" -> {
                call.scope().forgetVariables();
                call.is(Risk.HARMLESS, "");
            }
            case "eval" -> text(call, call.rest(), call.scope());
            case "trap" -> trap(call);
            case "source", "." -> source(call);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void move(Invocation call) {
        call.is(Risk.HARMLESS, "");
        Arg target = call.rest().stream()
                .filter(arg -> !arg.text().matches("-[LPe@]+|--"))
                .findFirst()
                .orElse(Arg.of(System.getProperty("user.home")));
        if (target.value().isEmpty() || target.glob() || target.text().matches("[-+]\\d*")) {
            call.scope().lost();
            return;
        }
        List<Path> there = new ArrayList<>();
        for (Place place : files.places().of(target, call.scope())) {
            files.places().absolute(place).map(Path::of).ifPresent(there::add);
        }
        call.scope().moveTo(there);
    }

    private void declare(Invocation call) {
        call.is(Risk.HARMLESS, "");
        for (Arg arg : call.rest()) {
            if (arg.value().isEmpty()) {
                call.scope().forgetVariables();
            } else if (arg.text().matches("(?s)\\w+=.*")) {
                int equals = arg.text().indexOf('=');
                String name = arg.text().substring(0, equals);
                Optional<String> value =
                        arg.glob() ? Optional.empty() : Optional.of(arg.text().substring(equals + 1));
                programs.judgeVariable(name, value, true, call.scope(), call.found());
                call.scope().set(name, value);
            } else if (!arg.text().startsWith("-")) {
                call.scope().set(arg.text(), Optional.empty());
            }
        }
    }

    private void trap(Invocation call) {
        boolean sets = call.rest().size() > 1 && !call.rest().getFirst().text().matches("-[lp]?|");
        Scope later = call.scope().copy();
        later.lost();
        later.forgetVariables();
        if (sets) {
            text(call, List.of(call.rest().getFirst()), later);
        } else {
            call.is(Risk.HARMLESS, "");
        }
    }

    private void text(Invocation call, List<Arg> words, Scope scope) {
        boolean known = words.stream().allMatch(arg -> arg.value().isPresent() && !arg.glob());
        if (known) {
            String script = words.stream().map(Arg::text).collect(Collectors.joining(" "));
            scripts.script(script, scope, call.input(), call.found());
        } else {
            call.is(Risk.UNSEEN, "runs a text that only its run can tell");
        }
    }

    private void source(Invocation call) {
        Arg file = call.rest().isEmpty() ? Arg.UNKNOWN : call.rest().getFirst();
        for (Place place : files.places().of(file, call.scope())) {
            switch (place) {
                case Place.Inside inside -> call.is(Risk.BUILD, "");
                case Place.Temporary temporary -> call.is(Risk.BUILD, "");
                case Place.Device device -> call.is(Risk.UNSEEN, "runs what it reads from " + file.text());
                case Place.Outside outside -> call.is(Risk.UNFAMILIAR, "runs a script outside of the workspace");
                case Place.Unknown unknown -> call.is(Risk.UNSEEN, "runs a script that only its run can tell");
            }
        }
        call.scope().forgetVariables();
    }
}
