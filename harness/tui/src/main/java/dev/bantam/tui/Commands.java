package dev.bantam.tui;

import dev.bantam.api.SlashCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The commands at the prompt: the shell's own and the driver's. */
final class Commands {
    private static final Pattern FORM =
            Pattern.compile("/([A-Za-z][A-Za-z0-9-]*(?::[A-Za-z0-9-]+)?)(?:\\s+(.*))?", Pattern.DOTALL);
    private static final String QUIT = "quit";

    private final Driver driver;

    Commands(Driver driver) {
        this.driver = driver;
    }

    /** A line in a command's form, whether there is such a command or not. */
    record Call(String name, String rest) {
        boolean quits() {
            return name.equals(QUIT);
        }
    }

    /** A path such as {@code /usr/lib} is no call: its first word has a second slash. */
    static Optional<Call> parse(String line) {
        Matcher form = FORM.matcher(line.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        String name = form.group(1).toLowerCase(Locale.ROOT);
        String rest = form.group(2) == null ? "" : form.group(2).strip();
        return Optional.of(new Call(name.equals("exit") ? QUIT : name, rest));
    }

    List<SlashCommand> all() {
        List<SlashCommand> commands = new ArrayList<>(own());
        commands.addAll(driver.commands());
        return List.copyOf(commands);
    }

    /**
     * What came of a command.
     *
     * @param prompt what the model is to be asked now
     */
    record Ran(String shown, Optional<String> prompt) {}

    /** Runs a command, on the thread of the session. */
    Ran run(Call call) {
        return run(call, all());
    }

    /** Runs one of the commands that only look; empty for all others, which must wait until the run has ended. */
    Optional<String> runDuringRun(Call call) {
        boolean looks = own().stream().anyMatch(command -> command.name().equals(call.name()));
        return looks ? Optional.of(run(call, own()).shown()) : Optional.empty();
    }

    private static Ran run(Call call, List<SlashCommand> commands) {
        return commands.stream()
                .filter(command -> command.name().equals(call.name()))
                .findFirst()
                .map(command -> new Ran(
                        command.run().apply(call.rest()), command.prompt().apply(call.rest())))
                .orElseGet(() -> new Ran(
                        "There is no command /" + call.name() + ". /" + listing(call.name(), commands)
                                + " lists what there is.",
                        Optional.empty()));
    }

    /** The command that lists others: that of their kind for {@code kind:name}, such as {@code skills}, if there is one. */
    private static String listing(String name, List<SlashCommand> commands) {
        String kinds = name.substring(0, Math.max(0, name.indexOf(':'))) + "s";
        return commands.stream().anyMatch(command -> command.name().equals(kinds)) ? kinds : "help";
    }

    private List<SlashCommand> own() {
        return List.of(
                new SlashCommand("help", "what can be typed here", rest -> help()),
                new SlashCommand("status", "model, window, sandbox, folder", rest -> driver.status()),
                new SlashCommand(QUIT, "leaves, as /exit does", rest -> ""));
    }

    private String help() {
        List<SlashCommand> commands = all().stream()
                .filter(command -> !command.name().contains(":")) // one of many of a kind: another command lists them
                .toList();
        int widest = commands.stream()
                .mapToInt(command -> command.name().length())
                .max()
                .orElse(0);
        String list = commands.stream()
                .map(command -> "  /" + command.name()
                        + " ".repeat(Math.max(14, widest + 2) - command.name().length()) + command.help())
                .collect(Collectors.joining("\n"));
        return "Commands\n" + list + "\n" + keys();
    }

    private static String keys() {
        try (InputStream text = Commands.class.getResourceAsStream("keys.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
