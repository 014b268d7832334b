package dev.bantam.app.setup;

import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What stands behind {@code --plan}: one word, or {@code require} and a file, with a blank or = between them. */
final class PlanWords implements IParameterConsumer {
    private static final String REQUIRE = "require";

    @Override
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
        String word = words.isEmpty() ? "" : words.pop();
        if (word.equals(REQUIRE) && !words.isEmpty()) {
            word += "=" + words.pop();
        }
        if (!word.matches("off|ask|auto|require=.+")) {
            throw new ParameterException(
                    command.commandLine(),
                    "--plan takes ask, auto, off, or require and the file of an approved plan, not \"" + word + "\".");
        }
        option.setValue(word);
    }

    /** The mode that the words mean. */
    static String mode(String words) {
        return words.split("=", 2)[0];
    }

    /** The file that they name; null for none. */
    static String file(String words) {
        return words.startsWith(REQUIRE) ? words.substring(REQUIRE.length() + 1) : null;
    }
}
