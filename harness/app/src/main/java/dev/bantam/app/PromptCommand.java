package dev.bantam.app;

import dev.bantam.api.SlashCommand;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.core.settings.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command at the beginning of a prompt that is run without a terminal: {@code /skill:NAME WORDS}. */
final class PromptCommand {
    private static final Pattern FORM =
            Pattern.compile("/([A-Za-z][A-Za-z0-9-]*:[A-Za-z0-9-]+)(?:\\s+(.*))?", Pattern.DOTALL);

    private final List<SlashCommand> commands;

    PromptCommand(List<SlashCommand> commands) {
        this.commands = commands;
    }

    /**
     * Runs the command, if the prompt begins with one, and gives what the model is to be asked; else the prompt itself.
     *
     * @throws ConfigException when there is no such command, or nothing would be asked
     */
    String words(String prompt) throws ConfigException {
        Matcher form = FORM.matcher(prompt.strip());
        if (!form.matches() || !known(form.group(1))) {
            return prompt;
        }
        String name = form.group(1);
        String rest = form.group(2) == null ? "" : form.group(2).strip();
        Optional<SlashCommand> command =
                commands.stream().filter(each -> each.name().equals(name)).findFirst();
        if (command.isEmpty()) {
            String kind = kind(name);
            List<String> names = commands.stream()
                    .map(SlashCommand::name)
                    .filter(each -> each.startsWith(kind))
                    .map(each -> each.substring(kind.length()))
                    .toList();
            throw new ConfigException(
                    "there is no command /" + name + "." + Nearest.hint(name.substring(kind.length()), names));
        }
        String said = command.get().run().apply(rest);
        Optional<String> words = command.get().prompt().apply(rest);
        if (words.isEmpty()) {
            throw new ConfigException("/" + name + " asks the model nothing by itself: " + said
                    + " Say behind it what to do: -p \"/" + name + " …\"");
        }
        return words.get();
    }

    /** Whether there are commands of this kind at all: a prompt may begin in such a way by chance. */
    private boolean known(String name) {
        return commands.stream().anyMatch(each -> each.name().startsWith(kind(name)));
    }

    private static String kind(String name) {
        return name.substring(0, name.indexOf(':') + 1);
    }
}
