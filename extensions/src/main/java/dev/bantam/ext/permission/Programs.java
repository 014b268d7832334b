package dev.bantam.ext.permission;

import dev.bantam.ext.permission.Places.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges one program with its arguments: by a judge of its own where there is one, else by the table. */
final class Programs {
    private static final Set<String> STEERS = Set.of("IFS", "HOME", "PWD", "CDPATH", "PATH_SEPARATOR");
    private static final Set<String> LOADS_CODE = Set.of(
            "LD_PRELOAD",
            "LD_AUDIT",
            "DYLD_INSERT_LIBRARIES",
            "BASH_ENV",
            "ENV",
            "PROMPT_COMMAND",
            "PS4",
            "SHELLOPTS",
            "PERL5OPT",
            "GIT_CONFIG_GLOBAL",
            "GIT_EXEC_PATH");
    private static final Set<String> NAMES_A_PROGRAM = Set.of(
            "PAGER",
            "GIT_PAGER",
            "MANPAGER",
            "EDITOR",
            "VISUAL",
            "GIT_EDITOR",
            "GIT_SEQUENCE_EDITOR",
            "GIT_SSH",
            "GIT_SSH_COMMAND",
            "GIT_EXTERNAL_DIFF",
            "GIT_ASKPASS",
            "SSH_ASKPASS",
            "BROWSER");

    private final ScriptJudge scripts;
    private final Places places;
    private final FileJudge files;
    private final ProgramTable table;
    private final Builtins builtins;
    private final Wrappers wrappers;
    private final Interpreters interpreters;
    private final FilePrograms filePrograms;
    private final Git git;

    Programs(ScriptJudge scripts, Places places, FileJudge files, ProgramTable table) {
        this.scripts = scripts;
        this.places = places;
        this.files = files;
        this.table = table;
        this.builtins = new Builtins(scripts, this, files);
        this.wrappers = new Wrappers(scripts, this, places);
        this.interpreters = new Interpreters(scripts, this, files);
        this.filePrograms = new FilePrograms(this, files);
        this.git = new Git(this, files);
    }

    void judge(Invocation call) {
        Arg program = call.args().getFirst();
        if (program.value().isEmpty() || program.glob() && !program.is("[")) {
            call.is(Risk.UNSEEN, "starts a program that only its run can tell");
            return;
        }
        if (!program.text().contains("/") || isKnownAt(program, call)) {
            boolean judged = builtins.judge(call)
                    || wrappers.judge(call)
                    || interpreters.judge(call)
                    || filePrograms.judge(call)
                    || git.judge(call);
            if (!judged) {
                byTable(call);
            }
        }
    }

    /** A program that is named by its path: one of the system goes by its name, one of the project is its own code. */
    private boolean isKnownAt(Arg program, Invocation call) {
        boolean ofSystem = program.text().matches("/(usr/)?(local/)?s?bin/[^/]+");
        if (ofSystem) {
            return true;
        }
        boolean known = table.knows(call.program()) || Interpreters.knows(call.program());
        for (Place place : places.of(program, call.scope())) {
            switch (place) {
                case Place.Inside inside -> {
                    if (!known) {
                        call.is(Risk.BUILD, "", places.absolute(place).stream().toList());
                    }
                }
                case Place.Temporary temporary -> call.is(Risk.BUILD, "");
                case Place.Device device -> call.is(Risk.UNFAMILIAR, "starts a device");
                case Place.Outside outside ->
                    call.is(Risk.UNFAMILIAR, "starts " + program.text() + ", a program outside of the workspace");
                case Place.Unknown unknown -> call.is(Risk.UNFAMILIAR, "starts a program in an unknown folder");
            }
        }
        return known;
    }

    void byTable(Invocation call) {
        List<String> args = call.words().subList(1, call.words().size());
        Optional<ProgramTable.Entry> entry = table.find(call.program(), args);
        if (entry.isEmpty()) {
            call.is(Risk.UNFAMILIAR, "starts " + call.program() + " in a way that nothing is known of");
            return;
        }
        Finding finding =
                new Finding(entry.get().risk(), call.words(), entry.get().why());
        switch (entry.get().use()) {
            case NONE -> files.reads(call.rest(), call.scope(), finding, call.found());
            case READS -> files.reads(call.rest(), call.scope(), finding, call.found());
            case WRITES -> writes(call, call.rest());
            case COPIES -> {
                List<Arg> named = call.rest().stream()
                        .filter(arg -> !arg.maybeOption() || arg.value().isEmpty())
                        .toList();
                boolean intoOption = call.rest().stream()
                        .anyMatch(
                                arg -> arg.text().startsWith("-t") || arg.text().startsWith("--target"));
                files.reads(call.rest(), call.scope(), finding, call.found());
                writes(call, intoOption || named.isEmpty() ? call.rest() : List.of(named.getLast()));
            }
        }
    }

    /** A program that may write to each place among these. */
    void writes(Invocation call, List<Arg> args) {
        List<Arg> named = new ArrayList<>();
        call.is(Risk.HARMLESS, "");
        for (Arg arg : args) {
            if (arg.value().isEmpty() || !arg.text().startsWith("-")) {
                named.add(arg);
            } else {
                for (Place place : files.placesIn(arg, call.scope())) {
                    places.absolute(place).ifPresent(path -> named.add(Arg.of(path)));
                }
            }
            if (arg.value().isPresent()
                    && !arg.text().startsWith("-")
                    && arg.text().contains("=")) {
                named.remove(arg);
                named.add(Arg.of(arg.text().substring(arg.text().indexOf('=') + 1)));
            }
        }
        named.forEach(arg -> files.writes(arg, call.scope(), call.words(), call.found()));
    }

    /** A variable that is set for one program, or for all that follow. */
    void judgeVariable(String name, Optional<String> value, boolean lasts, Scope scope, List<Finding> found) {
        List<String> words = List.of(name + "=" + value.orElse(Finding.UNKNOWN));
        if (lasts && STEERS.contains(name) || LOADS_CODE.contains(name)) {
            found.add(new Finding(Risk.UNSEEN, words, "changes what the commands after it mean"));
        } else if (NAMES_A_PROGRAM.contains(name)
                && value.isPresent()
                && !value.get().isBlank()) {
            scripts.script(value.get(), scope.ofAnotherShell(), Input.STREAM, found);
        } else if (NAMES_A_PROGRAM.contains(name) && value.isEmpty()) {
            found.add(new Finding(Risk.UNSEEN, words, "names a program that only its run can tell"));
        }
    }
}
