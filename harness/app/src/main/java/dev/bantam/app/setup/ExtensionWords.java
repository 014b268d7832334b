package dev.bantam.app.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What stands behind {@code --ext}. A word such as {@code -plan-act} is no option, although there is one named {@code -p}. */
final class ExtensionWords implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
        if (words.isEmpty() || words.peek().isBlank()) {
            throw new ParameterException(
                    command.commandLine(), "--ext needs names of extensions: +name switches on, -name off.");
        }
        List<String> all = new ArrayList<>(option.<List<String>>getValue());
        all.addAll(List.of(words.pop().split(",")));
        option.setValue(all);
    }
}
