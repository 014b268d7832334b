package dev.bantam.ext.permission;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Programs that start another program: looked through to that one. */
final class Wrappers {
    /**
     * How a wrapper's own words are told from the command.
     *
     * @param valued options that take the next word
     * @param before words that stand before the command
     */
    private record Shape(Set<String> valued, int before) {}

    private static final Map<String, Shape> PLAIN = Map.ofEntries(
            Map.entry("nice", new Shape(Set.of("-n"), 0)),
            Map.entry("ionice", new Shape(Set.of("-c", "-n", "-p"), 0)),
            Map.entry("timeout", new Shape(Set.of("-s", "-k", "--signal", "--kill-after"), 1)),
            Map.entry("gtimeout", new Shape(Set.of("-s", "-k"), 1)),
            Map.entry("time", new Shape(Set.of("-o", "-f"), 0)),
            Map.entry("nohup", new Shape(Set.of(), 0)),
            Map.entry("setsid", new Shape(Set.of(), 0)),
            Map.entry("stdbuf", new Shape(Set.of("-i", "-o", "-e"), 0)),
            Map.entry("exec", new Shape(Set.of("-a"), 0)),
            Map.entry("command", new Shape(Set.of(), 0)),
            Map.entry("builtin", new Shape(Set.of(), 0)),
            Map.entry("chronic", new Shape(Set.of(), 0)),
            Map.entry("unbuffer", new Shape(Set.of(), 0)),
            Map.entry("busybox", new Shape(Set.of(), 0)),
            Map.entry("strace", new Shape(Set.of("-o", "-e", "-p", "-s"), 0)),
            Map.entry("ltrace", new Shape(Set.of("-o", "-e", "-p", "-s"), 0)),
            Map.entry("flock", new Shape(Set.of("-w", "-E"), 1)),
            Map.entry("taskset", new Shape(Set.of(), 1)),
            Map.entry("caffeinate", new Shape(Set.of("-t", "-w"), 0)),
            Map.entry("xvfb-run", new Shape(Set.of("-n", "-s"), 0)),
            Map.entry("sudo", new Shape(Set.of("-u", "-g", "-h", "-p", "-C", "-r", "-t", "-U", "-D"), 0)),
            Map.entry("doas", new Shape(Set.of("-u", "-C"), 0)));

    /** Runners of a project's own programs, by their first word. */
    private static final Map<String, String> RUNNERS = Map.ofEntries(
            Map.entry("poetry", "run"),
            Map.entry("uv", "run"),
            Map.entry("pipenv", "run"),
            Map.entry("pdm", "run"),
            Map.entry("hatch", "run"),
            Map.entry("rye", "run"),
            Map.entry("bundle", "exec"),
            Map.entry("pnpm", "exec"),
            Map.entry("yarn", "exec"),
            Map.entry("npm", "exec"),
            Map.entry("coverage", "run"));

    private static final Set<String> RUNNER_VALUES = Set.of(
            "--with", "--python", "-p", "--package", "--extra", "--group", "--source", "--project", "-e", "--env");

    private final ScriptJudge scripts;
    private final Programs programs;
    private final Places places;

    Wrappers(ScriptJudge scripts, Programs programs, Places places) {
        this.scripts = scripts;
        this.programs = programs;
        this.places = places;
    }

    /** Whether it was one of these. */
    boolean judge(Invocation call) {
        String name = call.program();
        if (name.equals("env")) {
            environment(call);
        } else if (name.equals("xargs") || name.equals("parallel")) {
            many(call);
        } else if (name.equals("watch")) {
            text(call, behind(call, new Shape(Set.of("-n", "--interval"), 0)));
        } else if (PLAIN.containsKey(name)) {
            plain(call, PLAIN.get(name));
        } else if (name.equals("npx") || name.equals("bunx") || name.equals("pnpx")) {
            fetched(call);
        } else if (!call.rest().isEmpty() && call.rest().getFirst().is(RUNNERS.getOrDefault(name, "\n"))) {
            run(call.of(call.rest()));
        } else {
            return false;
        }
        return true;
    }

    private void plain(Invocation call, Shape shape) {
        String name = call.program();
        boolean asks = name.equals("command")
                && call.rest().stream()
                        .findFirst()
                        .filter(arg -> arg.text().matches("-[vV]+"))
                        .isPresent();
        List<Arg> inner = asks ? List.of() : behind(call, shape);
        boolean raises = name.equals("sudo") || name.equals("doas");
        call.is(raises ? Risk.SYSTEM : Risk.HARMLESS, raises ? "runs with the rights of another user" : "");
        if (!inner.isEmpty()) {
            programs.judge(call.of(inner));
        }
    }

    private static List<Arg> behind(Invocation call, Shape shape) {
        List<Arg> rest = call.rest();
        int at = 0;
        while (at < rest.size()
                && rest.get(at).value().isPresent()
                && rest.get(at).text().startsWith("-")) {
            if (rest.get(at).is("--")) {
                at++;
                break;
            }
            at += shape.valued().contains(rest.get(at).text()) ? 2 : 1;
        }
        at += shape.before();
        while (at < rest.size()
                && rest.get(at).text().matches("(?s)\\w+=.*")
                && call.program().equals("sudo")) {
            at++;
        }
        return at < rest.size() ? rest.subList(at, rest.size()) : List.of();
    }

    private void environment(Invocation call) {
        List<Arg> rest = call.rest();
        int at = 0;
        Invocation inner = new Invocation(call.args(), call.scope().copy(), call.input(), call.found());
        while (at < rest.size()) {
            String text = rest.get(at).text();
            if (text.equals("-S") || text.startsWith("--split-string") || text.matches("-\\w*S.*")) {
                call.is(Risk.UNSEEN, "splits a text into a command");
                return;
            }
            if (text.equals("-C") || text.startsWith("--chdir")) {
                inner.scope().lost();
            }
            if (text.matches("(?s)\\w+=.*")) {
                int equals = text.indexOf('=');
                programs.judgeVariable(
                        text.substring(0, equals),
                        Optional.of(text.substring(equals + 1)),
                        false,
                        inner.scope(),
                        call.found());
            } else if (rest.get(at).value().isEmpty() || !text.startsWith("-")) {
                break;
            }
            at += text.equals("-u") || text.equals("-C") ? 2 : 1;
        }
        call.is(Risk.HARMLESS, "");
        if (at < rest.size()) {
            programs.judge(inner.of(rest.subList(at, rest.size())));
        }
    }

    /** One that runs a command with words that it reads: these only the run can tell. */
    private void many(Invocation call) {
        Shape shape = new Shape(
                Set.of("-n", "-P", "-I", "-L", "-d", "-a", "-E", "-s", "-j", "--max-args", "--max-procs", "--jobs"), 0);
        List<Arg> inner = new ArrayList<>(behind(call, shape));
        Optional<String> mark = Optional.empty();
        for (int i = 0; i < call.rest().size(); i++) {
            String text = call.rest().get(i).text();
            if (text.equals("-I") && i + 1 < call.rest().size()) {
                mark = Optional.of(call.rest().get(i + 1).text());
            } else if (text.startsWith("-I") || text.startsWith("-i")) {
                mark = Optional.of(text.length() > 2 ? text.substring(2) : "{}");
            }
        }
        String replaced = mark.orElse("{}");
        inner.replaceAll(arg -> arg.text().contains(replaced) ? Arg.UNKNOWN : arg);
        if (mark.isEmpty()) {
            inner.add(Arg.UNKNOWN);
        }
        call.is(Risk.HARMLESS, "");
        if (inner.size() > 1 || mark.isPresent() && !inner.isEmpty()) {
            programs.judge(new Invocation(inner, call.scope(), Input.NOTHING, call.found()));
        } else if (call.program().equals("parallel")) {
            call.is(Risk.UNSEEN, "runs commands that it reads");
        }
    }

    private void text(Invocation call, List<Arg> words) {
        boolean known = words.stream().allMatch(arg -> arg.value().isPresent());
        if (known) {
            scripts.script(
                    String.join(" ", words.stream().map(Arg::text).toList()),
                    call.scope().ofAnotherShell(),
                    Input.NOTHING,
                    call.found());
        } else {
            call.is(Risk.UNSEEN, "runs a text that only its run can tell");
        }
    }

    /** {@code uv run x}: what is not known is a program of the project. */
    private void run(Invocation call) {
        List<Arg> inner = behind(call, new Shape(RUNNER_VALUES, 0));
        List<Finding> found = new ArrayList<>();
        boolean module = call.rest().stream().anyMatch(arg -> arg.is("-m"));
        if (!inner.isEmpty() && !module && !inner.getFirst().text().endsWith(".py")) {
            programs.judge(new Invocation(inner, call.scope(), call.input(), found));
        }
        call.is(Risk.BUILD, "");
        for (Finding one : found) {
            boolean own = one.risk() == Risk.UNFAMILIAR;
            call.found().add(own ? new Finding(Risk.BUILD, one.command(), "", one.paths()) : one);
        }
    }

    /** {@code npx x}: a program of the project where it is installed, else one from the network. */
    private void fetched(Invocation call) {
        List<Arg> inner = behind(call, new Shape(Set.of("-p", "--package", "-c", "--call"), 0));
        boolean installed = !inner.isEmpty()
                && inner.getFirst().value().isPresent()
                && Files.exists(places.root()
                        .resolve("node_modules/.bin")
                        .resolve(inner.getFirst().text().replace("/", "_")));
        boolean local = installed || call.rest().stream().anyMatch(arg -> arg.is("--no-install"));
        call.is(
                local ? Risk.BUILD : Risk.NETWORK,
                local ? "" : "may fetch and run a package that is not installed here");
    }
}
