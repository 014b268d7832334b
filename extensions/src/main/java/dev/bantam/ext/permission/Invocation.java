package dev.bantam.ext.permission;

import java.util.ArrayList;
import java.util.List;

/**
 * A program that is about to be started.
 *
 * @param args its name first
 * @param scope where, and with what; commands that move or assign change it
 * @param found takes what is found of it
 */
record Invocation(List<Arg> args, Scope scope, Input input, List<Finding> found) {
    Invocation {
        args = List.copyOf(args);
    }

    /** The program's name without its folder. */
    String program() {
        String text = args.getFirst().text();
        return text.substring(text.lastIndexOf('/') + 1);
    }

    List<Arg> rest() {
        return args.subList(1, args.size());
    }

    /** The same place and input for another program. */
    Invocation of(List<Arg> other) {
        return new Invocation(other, scope, input, found);
    }

    List<String> words() {
        List<String> words = new ArrayList<>();
        words.add(program());
        rest().forEach(arg -> words.add(arg.text()));
        return words;
    }

    void is(Risk risk, String why) {
        found.add(new Finding(risk, words(), why));
    }

    void is(Risk risk, String why, List<String> paths) {
        found.add(new Finding(risk, words(), why, paths));
    }
}
