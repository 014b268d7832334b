package dev.bantam.ext.shellsession;

import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Message;
import dev.bantam.api.ToolResult;
import dev.bantam.ext.shellsession.Console.Pause;
import dev.bantam.ext.text.JsonText;
import dev.bantam.ext.text.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The shell that stays. It is started by the first command, and anew when it is gone. */
final class MainShell implements AutoCloseable {
    private static final String INTERRUPT = "\3";
    private static final String END = "\4";
    private static final String QUIT = "\34";
    private static final int SHORT = 200;

    private final ExtensionContext context;
    private final Pace pace;
    private final String nonce = UUID.randomUUID().toString().substring(0, 8);
    private Console console; // null while there is none
    private Set<String> inherited = Set.of();
    private String folder = ""; // as the shell names it; empty before the first one
    private String running = ""; // the command that has not ended; empty when the shell is ready
    private boolean news; // a shell that the model has not heard of

    MainShell(ExtensionContext context, Pace pace) {
        this.context = context;
        this.pace = pace;
        news = context.earlier().stream()
                .anyMatch(message -> message instanceof Message.ToolReply reply
                        && reply.tool().equals(ShellTool.NAME));
    }

    ToolResult run(String command, int seconds) throws IOException, InterruptedException {
        String note = "";
        if (!running.isEmpty()) {
            stop("the next command came", INTERRUPT);
            last();
            note = "[The program that waited for input was ended.]";
        }
        open();
        if (news) {
            note = below(note, "[This is a new shell, in " + shown() + ".]");
            news = false;
        }
        send(command);
        return result(note, seconds);
    }

    ToolResult input(String text, int seconds) throws IOException, InterruptedException {
        if (running.isEmpty()) {
            return new ToolResult.Refused(
                    "shell refused: no program waits for input. Run one with command; a program that"
                            + " reads its input to the end gets it with: COMMAND < FILE.");
        }
        console.screen().expectInput();
        console.type(text);
        return result("", seconds);
    }

    private void open() throws IOException, InterruptedException {
        if (console != null && console.exitCode().isEmpty()) {
            return;
        }
        Path root = context.workspace().root();
        console = Console.open(context.sandbox(), root, Protocol.START, new Screen(nonce), pace);
        console.type(Protocol.setUp(nonce, folder.isEmpty() ? "." : folder));
        switch (console.awaitShell()) {
            case Pause.Ready ready -> folder = ready.prompt().folder();
            case Pause.Ended ended -> throw gone("ended at once with exit code " + ended.exitCode());
            case Pause.Asked asked -> throw gone("asks for something");
            case Pause.TimeUp late -> throw gone("was not ready in time");
        }
        console.screen().take();
        inherited = exports();
    }

    private IOException gone(String why) {
        close();
        return new IOException("The shell " + why + ". Use bash instead.");
    }

    private void send(String command) throws IOException {
        running = command;
        console.screen().expect();
        console.type(Protocol.run(nonce, command));
    }

    private ToolResult result(String note, int seconds) throws IOException, InterruptedException {
        Pause pause;
        try {
            pause = console.await(Duration.ofSeconds(seconds));
        } catch (InterruptedException e) {
            console.type(INTERRUPT); // the person cancelled it
            throw e;
        }
        return switch (pause) {
            case Pause.Ready ready -> over(note, ready.prompt());
            case Pause.Ended ended -> {
                String output = below(note, console.screen().take());
                close();
                yield new ToolResult.Failed(below(
                        output,
                        Template.of(MainShell.class, "ended.md")
                                .with(Map.of("code", ended.exitCode(), "folder", shown()))));
            }
            case Pause.Asked asked
            when !asked.asking().ends() ->
                new ToolResult.Done(below(
                        below(note, console.screen().take()), asked.asking().advice()));
            case Pause.Asked asked -> {
                String output = console.screen().take();
                String after = stop(asked.asking().word(), asked.asking().keys());
                last(); // what a pager or an editor draws when it goes
                String shown = asked.asking() == Asking.SCREEN ? "" : output;
                yield new ToolResult.Failed(
                        below(below(note, shown), asked.asking().advice() + after));
            }
            case Pause.TimeUp late -> {
                String output = console.screen().take();
                String limit = limit(seconds) + stop("the limit of " + seconds + " s", INTERRUPT);
                yield new ToolResult.Failed(below(below(below(note, output), last()), limit));
            }
        };
    }

    private String limit(int seconds) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("command", running.length() < SHORT ? running : "COMMAND");
        arguments.put("job", "NAME");
        return Template.of(MainShell.class, "limit.md")
                .with(Map.of("seconds", seconds, "arguments", JsonText.of(arguments)));
    }

    /** What a program said when it was ended. */
    private String last() {
        return console == null ? "" : console.screen().take();
    }

    private ToolResult over(String note, Screen.Prompt prompt) {
        running = "";
        folder = prompt.folder();
        String text = below(
                below(note, console.screen().take()), "[exit code " + prompt.exitCode() + ", in " + shown() + "]");
        return prompt.exitCode() == 0 ? new ToolResult.Done(text) : new ToolResult.Failed(text);
    }

    /** Ends what runs, and the shell with it if need be; tells what the model must know of that. */
    private String stop(String why, String first) throws IOException, InterruptedException {
        context.decided(
                "shell", "ended", why + ": " + (running.length() < SHORT ? running : running.substring(0, SHORT)));
        running = "";
        for (String key : new String[] {first, INTERRUPT, END, QUIT}) {
            if (console.exitCode().isEmpty()) {
                console.type(key);
            }
            if (console.screen().awaitPrompt(pace.grace().dividedBy(2))) {
                folder = console.screen().prompt().orElseThrow().folder();
                return "";
            }
        }
        close();
        return "\n" + Template.of(MainShell.class, "lost.md").with(Map.of("folder", shown()));
    }

    /** The variables that were exported in this shell since it began; nothing while a program runs in it. */
    Set<String> exported() throws IOException, InterruptedException {
        if (console == null || console.exitCode().isPresent() || !running.isEmpty()) {
            return Set.of();
        }
        Set<String> exports = exports();
        exports.removeAll(inherited);
        return exports;
    }

    private Set<String> exports() throws IOException, InterruptedException {
        console.screen().expect();
        console.screen().record();
        console.type(Protocol.run(nonce, "export -p"));
        Pause pause = console.awaitShell();
        String printed = console.screen().recorded();
        return pause instanceof Pause.Ready ? Protocol.exports(printed) : Set.of();
    }

    /** As the shell names it; empty before the first one. */
    String folder() {
        return folder;
    }

    /** The folder from the workspace. */
    String shown() {
        String root = context.workspace().root().toString();
        if (folder.isEmpty() || folder.equals(root)) {
            return "the workspace";
        }
        return folder.startsWith(root + "/") ? folder.substring(root.length() + 1) : folder;
    }

    static String below(String text, String last) {
        return text.isEmpty() ? last : last.isEmpty() ? text : text + "\n" + last;
    }

    @Override
    public void close() {
        running = "";
        if (console != null) {
            console.close();
            console = null;
        }
    }
}
