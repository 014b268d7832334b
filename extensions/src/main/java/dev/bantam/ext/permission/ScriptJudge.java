package dev.bantam.ext.permission;

import dev.bantam.ext.permission.shell.Node;
import dev.bantam.ext.permission.shell.Node.Assignment;
import dev.bantam.ext.permission.shell.Node.Redirection;
import dev.bantam.ext.permission.shell.ShellParser;
import dev.bantam.ext.permission.shell.ShellSyntaxException;
import dev.bantam.ext.permission.shell.Word;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Walks a script in the order in which it runs, and finds what each of its commands would do. For one script. */
final class ScriptJudge {
    private static final int DEEPEST = 12;

    private final Places places;
    private final Expansion expansion;
    private final Programs programs;
    private final FileJudge files;
    private int depth;

    ScriptJudge(Places places, Expansion expansion, ProgramTable table) {
        this.places = places;
        this.expansion = expansion;
        this.files = new FileJudge(places);
        this.programs = new Programs(this, places, files, table);
    }

    /** Adds what is found; the scope is afterwards as the script leaves it. */
    void script(String text, Scope scope, Input input, List<Finding> found) {
        try {
            if (++depth > DEEPEST) {
                throw new StackOverflowError();
            }
            walk(ShellParser.parse(text), scope, input, found);
        } catch (ShellSyntaxException e) {
            found.add(new Finding(Risk.UNSEEN, List.of(text), "is not understood: " + e.getMessage()));
            scope.lost();
        } catch (StackOverflowError e) {
            found.add(new Finding(Risk.UNSEEN, List.of(text), "is nested too deeply to be understood"));
            scope.lost();
        } finally {
            depth--;
        }
    }

    private void walk(Node node, Scope scope, Input input, List<Finding> found) {
        switch (node) {
            case Node.Simple simple -> simple(simple, scope, input, found);
            case Node.Sequence sequence -> sequence(sequence, scope, input, found);
            case Node.Pipeline pipeline -> {
                Input from = input;
                for (Node member : pipeline.members()) {
                    walk(member, scope.copy(), from, found);
                    from = Input.STREAM;
                }
            }
            case Node.AndOr list -> andOr(list, scope, input, found);
            case Node.Subshell subshell ->
                walk(subshell.body(), scope.copy(), redirected(subshell.redirections(), scope, input, found), found);
            case Node.Group group ->
                walk(group.body(), scope, redirected(group.redirections(), scope, input, found), found);
            case Node.Compound compound -> compound(compound, scope, input, found);
            case Node.Function function -> function(function, scope, found);
        }
    }

    /** Thinks of both ends: the list went on because what stood before worked, or because it did not. */
    private void andOr(Node.AndOr list, Scope scope, Input input, List<Finding> found) {
        Scope failed = scope.copy();
        walk(list.members().getFirst(), scope, input, found);
        for (int i = 1; i < list.members().size(); i++) {
            failed.maybe(scope);
            if (list.onSuccess().get(i - 1)) {
                walk(list.members().get(i), scope, input, found);
            } else {
                Scope rescue = failed.copy();
                walk(list.members().get(i), rescue, input, found);
                scope.maybe(rescue);
            }
        }
        failed.maybe(scope);
        scope.maybe(failed);
    }

    /** A move to a folder that is not there yet may fail, and what follows runs all the same. */
    private void sequence(Node.Sequence sequence, Scope scope, Input input, List<Finding> found) {
        for (Node member : sequence.members()) {
            Scope before = scope.copy();
            walk(member, scope, input, found);
            if (!scope.folders().stream().allMatch(Files::isDirectory)) {
                scope.alsoIn(before);
            }
        }
    }

    private void compound(Node.Compound compound, Scope scope, Input input, List<Finding> found) {
        Input inside = redirected(compound.redirections(), scope, input, found);
        expand(compound.words(), scope, found);
        Scope body = scope.copy();
        Names.assignedIn(compound).forEach(name -> body.set(name, Optional.empty()));
        if (Names.moves(compound)) {
            body.lost();
        }
        for (Node each : compound.bodies()) {
            walk(each, body.copy(), inside.equals(Input.NOTHING) ? inside : Input.STREAM, found);
        }
        Names.assignedIn(compound).forEach(name -> scope.set(name, Optional.empty()));
        scope.alsoIn(body);
    }

    /** A body may run later, from anywhere. */
    private void function(Node.Function function, Scope scope, List<Finding> found) {
        if (Names.callsItselfTwice(function)) {
            found.add(new Finding(
                    Risk.RUIN,
                    List.of(function.name() + "()"),
                    "starts itself again and again until nothing else runs"));
        }
        scope.define(function.name());
        Scope later = scope.copy();
        later.forgetVariables();
        later.lost();
        walk(function.body(), later, Input.STREAM, found);
        Names.assignedIn(function.body()).forEach(name -> scope.set(name, Optional.empty()));
        if (Names.moves(function.body())) {
            scope.lost();
        }
    }

    private void simple(Node.Simple simple, Scope scope, Input input, List<Finding> found) {
        expand(simple.words(), scope, found);
        for (Assignment assignment : simple.assignments()) {
            assign(assignment, scope, simple.words().isEmpty(), found);
        }
        Input from = redirected(simple.redirections(), scope, input, found);
        List<Arg> args = new ArrayList<>();
        simple.words().forEach(word -> args.addAll(expansion.of(word, scope)));
        if (!args.isEmpty() && scope.defines(args.getFirst().text())) {
            function(new Invocation(args, scope, from, new ArrayList<>()), found);
        } else if (!args.isEmpty()) {
            programs.judge(new Invocation(args, scope, from, found));
        }
    }

    /** Its body was judged where it was defined. A program of this name is thought of too, unless nothing is known of it. */
    private void function(Invocation call, List<Finding> found) {
        call.is(Risk.HARMLESS, "");
        programs.judge(call);
        call.found().stream()
                .filter(finding -> finding.risk() != Risk.UNFAMILIAR)
                .forEach(found::add);
    }

    private void assign(Assignment assignment, Scope scope, boolean lasts, List<Finding> found) {
        expand(assignment.values(), scope, found);
        List<Arg> values = assignment.values().stream()
                .flatMap(word -> expansion.of(word, scope).stream())
                .toList();
        boolean known =
                assignment.whole() && values.size() == 1 && !values.getFirst().glob();
        Optional<String> value = known ? values.getFirst().value() : Optional.empty();
        programs.judgeVariable(assignment.name(), value, lasts, scope, found);
        if (lasts) {
            scope.set(assignment.name(), value);
        }
    }

    /** What the expansion itself runs. */
    private void expand(List<Word> words, Scope scope, List<Finding> found) {
        for (Word word : words) {
            word.scripts().forEach(script -> walk(script, scope.copy(), Input.STREAM, found));
        }
    }

    private Input redirected(List<Redirection> redirections, Scope scope, Input input, List<Finding> found) {
        Input from = input;
        for (Redirection redirection : redirections) {
            switch (redirection) {
                case Redirection.From(Word file) -> {
                    expand(List.of(file), scope, found);
                    files.readFrom(expansion.of(file, scope), scope, found);
                    from = Input.STREAM;
                }
                case Redirection.To(Word file) -> {
                    expand(List.of(file), scope, found);
                    files.redirectTo(expansion.of(file, scope), scope, found);
                }
                case Redirection.Document(Word text) -> {
                    expand(List.of(text), scope, found);
                    List<Arg> known = expansion.of(text, scope);
                    from = new Input.Document(
                            known.size() == 1 ? known.getFirst().value() : Optional.empty());
                }
                case Redirection.Descriptor descriptor -> {}
            }
        }
        return from;
    }
}
