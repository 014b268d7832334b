package dev.bantam.ext.permission.shell;

import java.util.List;
import java.util.Optional;

/** A command, or commands joined. */
public sealed interface Node {

    /** Assignments, a program with its arguments, and redirections; each may be missing. */
    record Simple(List<Assignment> assignments, List<Word> words, List<Redirection> redirections) implements Node {
        public Simple {
            assignments = List.copyOf(assignments);
            words = List.copyOf(words);
            redirections = List.copyOf(redirections);
        }
    }

    /** {@code a | b}: each in a process of its own, at the same time. */
    record Pipeline(List<Node> members) implements Node {
        public Pipeline {
            members = List.copyOf(members);
        }
    }

    /** One after the other, whatever becomes of each. */
    record Sequence(List<Node> members) implements Node {
        public Sequence {
            members = List.copyOf(members);
        }
    }

    /**
     * {@code first && second || third}: the first runs, the others maybe.
     *
     * @param operators one fewer than members: whether each of the later ones runs on success
     */
    record AndOr(List<Node> members, List<Boolean> onSuccess) implements Node {
        public AndOr {
            members = List.copyOf(members);
            onSuccess = List.copyOf(onSuccess);
        }
    }

    /** In a process of its own: {@code ( … )} and {@code … &}. */
    record Subshell(Node body, List<Redirection> redirections) implements Node {
        public Subshell {
            redirections = List.copyOf(redirections);
        }
    }

    /** {@code { …; }}. */
    record Group(Node body, List<Redirection> redirections) implements Node {
        public Group {
            redirections = List.copyOf(redirections);
        }
    }

    /**
     * Loops, conditions and tests: the bodies run never, once or many times.
     *
     * @param words that it expands
     * @param variable that a loop sets
     */
    record Compound(List<Word> words, List<Node> bodies, Optional<String> variable, List<Redirection> redirections)
            implements Node {
        public Compound {
            words = List.copyOf(words);
            bodies = List.copyOf(bodies);
            redirections = List.copyOf(redirections);
        }
    }

    /** {@code name() { … }}. */
    record Function(String name, Node body) implements Node {}

    /**
     * {@code name=value}, {@code name+=value} or {@code name=(values)}.
     *
     * @param whole whether the value is all that the variable then holds
     */
    record Assignment(String name, List<Word> values, boolean whole) {
        public Assignment {
            values = List.copyOf(values);
        }
    }

    /** Where a command's input comes from, or its output goes. */
    sealed interface Redirection {
        /** {@code < file}. */
        record From(Word file) implements Redirection {}

        /** {@code > file}, {@code >> file}, {@code <> file}, {@code &> file}. */
        record To(Word file) implements Redirection {}

        /** {@code << END} and {@code <<< word}. */
        record Document(Word text) implements Redirection {}

        /** {@code 2>&1}, {@code >&-}: nothing but descriptors. */
        record Descriptor(String target) implements Redirection {}
    }
}
