package dev.bantam.ext.permission;

import dev.bantam.ext.permission.Places.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Judges {@code git}: its own options first, then its subcommand by the table. */
final class Git {
    /** Settings that name no program. */
    private static final String PLAIN_SETTING =
            "(?s)(user\\.\\w+|color\\.\\w+|advice\\.\\w+|init\\.defaultBranch|commit\\.gpgsign|core\\.quotepath|safe\\.directory"
                    + "|core\\.autocrlf|core\\.pager=(cat|less)?)(=.*)?";

    private final Programs programs;
    private final FileJudge files;

    Git(Programs programs, FileJudge files) {
        this.programs = programs;
        this.files = files;
    }

    /** Whether it was git. */
    boolean judge(Invocation call) {
        if (!call.program().equals("git")) {
            return false;
        }
        List<Arg> rest = call.rest();
        Scope scope = call.scope().copy();
        int at = 0;
        while (at < rest.size()
                && rest.get(at).value().isPresent()
                && rest.get(at).text().startsWith("-")) {
            String option = rest.get(at).text();
            boolean valued = option.matches("-C|-c|--git-dir|--work-tree|--exec-path|--namespace|--config-env");
            Arg value = valued && at + 1 < rest.size() ? rest.get(at + 1) : Arg.of(option.replaceFirst("^[^=]*=?", ""));
            own(option.replaceFirst("=.*", ""), value, scope, call);
            at += valued ? 2 : 1;
        }
        List<Arg> args = new ArrayList<>(List.of(Arg.of("git")));
        args.addAll(rest.subList(Math.min(at, rest.size()), rest.size()));
        subcommand(new Invocation(args, scope, call.input(), call.found()));
        return true;
    }

    private void own(String option, Arg value, Scope scope, Invocation call) {
        switch (option) {
            case "-C", "--git-dir", "--work-tree" -> {
                List<Place> there = files.places().of(value, scope);
                if (!there.stream()
                        .allMatch(place -> place instanceof Place.Inside || place instanceof Place.Temporary)) {
                    call.is(Risk.OUTSIDE, "works on a repository outside of the workspace");
                }
                if (option.equals("-C")) {
                    scope.moveTo(there.stream()
                            .flatMap(place -> files.places().absolute(place).stream())
                            .map(Path::of)
                            .toList());
                }
            }
            case "-c", "--config-env" -> {
                if (!value.text().matches(PLAIN_SETTING)) {
                    call.is(
                            Risk.UNSEEN,
                            "sets " + value.text().replace(Finding.UNKNOWN, "…") + ", which may start a program");
                }
            }
            case "--exec-path" -> {
                if (!value.text().isEmpty()) {
                    call.is(Risk.UNSEEN, "takes git's own programs from another place");
                }
            }
            default -> {}
        }
    }

    private void subcommand(Invocation call) {
        List<Arg> rest = call.rest();
        boolean checkout = !rest.isEmpty() && rest.getFirst().is("checkout");
        if (checkout && overwrites(rest.subList(1, rest.size()), call)) {
            call.is(Risk.LOSS, "throws away changes that are not committed");
        } else if (!rest.isEmpty() && rest.getFirst().is("clone")) {
            call.is(Risk.NETWORK, "fetches a repository");
            programs.writes(call, rest.size() > 2 ? List.of(rest.getLast()) : List.of());
        } else {
            programs.byTable(call);
        }
    }

    /** {@code git checkout} moves to a branch, or puts files back: told apart by what is there. */
    private boolean overwrites(List<Arg> args, Invocation call) {
        boolean makes = args.stream().anyMatch(arg -> arg.text().matches("-[bB]|--orphan|--track|-t"));
        if (makes) {
            return false;
        }
        for (Arg arg : args) {
            boolean forced = arg.text().matches("--|-f|--force|-p|--patch|--ours|--theirs|\\.")
                    || arg.value().isEmpty();
            if (forced || !arg.text().startsWith("-") && isFile(arg, call)) {
                return true;
            }
        }
        return false;
    }

    private boolean isFile(Arg arg, Invocation call) {
        return arg.glob()
                || files.places().of(arg, call.scope()).stream()
                        .flatMap(place -> files.places().absolute(place).stream())
                        .anyMatch(path -> Files.exists(Path.of(path)));
    }
}
