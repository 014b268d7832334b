package dev.bantam.ext.permission;

import dev.bantam.ext.permission.shell.Node;
import dev.bantam.ext.permission.shell.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a part of a script assigns, calls, and whether it moves to another folder; as it is written. */
final class Names {
    private static final Set<String> MOVES = Set.of("cd", "pushd", "popd", "eval", "source", ".", "exec");
    private static final Set<String> ASSIGNS = Set.of(
            "read",
            "export",
            "declare",
            "typeset",
            "local",
            "readonly",
            "unset",
            "mapfile",
            "readarray",
            "getopts",
            "printf",
            "let",
            "eval",
            "source",
            ".");

    private Names() {}

    static Set<String> assignedIn(Node node) {
        Set<String> names = new HashSet<>();
        for (Node each : flat(node, false)) {
            if (each instanceof Node.Simple simple) {
                simple.assignments().forEach(assignment -> names.add(assignment.name()));
                if (!simple.words().isEmpty()
                        && ASSIGNS.contains(simple.words().getFirst().source())) {
                    simple.words().forEach(word -> names.add(word.source().replaceFirst("(?s)\\+?=.*", "")));
                }
            } else if (each instanceof Node.Compound compound) {
                compound.variable().ifPresent(names::add);
            }
        }
        return names;
    }

    static boolean moves(Node node) {
        return flat(node, false).stream()
                .anyMatch(each -> each instanceof Node.Simple simple
                        && !simple.words().isEmpty()
                        && MOVES.contains(simple.words().getFirst().source()));
    }

    /** The fork bomb: a function that runs itself in the background or in both ends of a pipe. */
    static boolean callsItselfTwice(Node.Function function) {
        return flat(function.body(), true).stream()
                        .filter(each -> each instanceof Node.Simple simple
                                && !simple.words().isEmpty()
                                && simple.words().getFirst().source().equals(function.name()))
                        .count()
                >= 2;
    }

    /**
     * All commands in a node, in no order that matters.
     *
     * @param elsewhere whether those count that run in processes of their own
     */
    private static List<Node> flat(Node node, boolean elsewhere) {
        List<Node> all = new ArrayList<>(List.of(node));
        List<Node> inside = switch (node) {
            case Node.Simple simple -> elsewhere ? scripts(simple.words()) : List.of();
            case Node.Pipeline pipeline -> elsewhere ? pipeline.members() : List.of();
            case Node.Sequence sequence -> sequence.members();
            case Node.AndOr list -> list.members();
            case Node.Subshell subshell -> elsewhere ? List.of(subshell.body()) : List.of();
            case Node.Group group -> List.of(group.body());
            case Node.Compound compound -> compound.bodies();
            case Node.Function function -> List.of(function.body());
        };
        inside.forEach(each -> all.addAll(flat(each, elsewhere)));
        return all;
    }

    private static List<Node> scripts(List<Word> words) {
        return words.stream().flatMap(word -> word.scripts().stream()).toList();
    }
}
