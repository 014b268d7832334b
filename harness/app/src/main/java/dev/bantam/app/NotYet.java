package dev.bantam.app;

import dev.bantam.core.settings.ConfigException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Words of the command line that later versions will know. They are refused, so that none is taken for a prompt. */
final class NotYet {
    /** Not known to picocli, for which a command's name cannot be the value of {@code -p}. */
    private static final List<String> COMMANDS = List.of("rpc", "serve");

    private NotYet() {}

    /** Refuses such a command at the start of a prompt's words. */
    static void check(List<String> words) throws ConfigException {
        if (!words.isEmpty() && COMMANDS.contains(words.getFirst())) {
            throw refusal(words.getFirst());
        }
    }

    /** The same command with subcommands, not listed, that refuse. */
    static CommandLine in(CommandLine command, String... names) {
        for (String name : names) {
            Callable<Integer> refusing = () -> {
                throw refusal(command.getCommandName() + " " + name);
            };
            CommandSpec spec = CommandSpec.wrapWithoutInspection(refusing).name(name);
            spec.usageMessage().hidden(true);
            spec.parser().unmatchedArgumentsAllowed(true);
            command.addSubcommand(name, spec);
        }
        return command;
    }

    private static ConfigException refusal(String command) {
        return new ConfigException("bantam " + command + " is not available yet in this version. See: bantam --help");
    }
}
