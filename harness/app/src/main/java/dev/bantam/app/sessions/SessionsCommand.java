package dev.bantam.app.sessions;

import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.app.setup.Exit;
import dev.bantam.app.setup.FileFaults;
import dev.bantam.app.setup.Invocation;
import dev.bantam.app.setup.Places;
import dev.bantam.core.session.MessageJson;
import dev.bantam.core.session.SessionTree;
import dev.bantam.core.session.Sessions;
import dev.bantam.core.session.Transcript;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.tui.Clean;
import java.io.IOException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists sessions and shows what was said in one. */
@Command(name = "sessions", description = "List sessions (ls) and show one (show).")
public final class SessionsCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    private final Invocation invocation;

    public SessionsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        return list(false, false);
    }

    @Command(name = "ls", description = "List sessions, the newest first.")
    int list(
            @Option(names = "--json", description = "One JSON object a line.") boolean json,
            @Option(names = "--here", description = "Only those of the current directory.") boolean here)
            throws IOException {
        PrintStream out = invocation.out();
        for (Sessions.Listed session : sessions().list()) {
            if (here && !session.cwd().equals(invocation.cwd().toRealPath().toString())) {
                continue;
            }
            if (json) {
                out.println(MessageJson.text(new java.util.TreeMap<>(java.util.Map.of(
                        "id", session.id(),
                        "cwd", session.cwd(),
                        "model", session.model(),
                        "title", session.title(),
                        "changed", session.changed().toString(),
                        "file", session.path().toString()))));
            } else {
                out.printf(
                        "%s  %s  %-24s %s%n",
                        Clean.line(session.id()),
                        TIME.format(session.changed()),
                        Clean.line(session.model()),
                        Clean.line(session.title()));
            }
        }
        out.flush();
        return Exit.COMPLETED;
    }

    @Command(name = "show", description = "Show what was said in a session.")
    int show(
            @Parameters(paramLabel = "ID|FILE", description = "The session; the end of its id is enough.") String name,
            @Option(names = "--json", description = "The entries as they are, one a line.") boolean json)
            throws IOException, ConfigException {
        SessionTree tree;
        try {
            tree = SessionTree.read(sessions().find(name));
        } catch (IOException e) {
            throw new ConfigException(FileFaults.inWords(e), e);
        }
        tree.problems().forEach(invocation::say);
        PrintStream out = invocation.out();
        if (json) {
            tree.branch().forEach(entry -> out.println(MessageJson.text(entry.event())));
        } else {
            Transcript.of(tree).everything().forEach(this::print);
        }
        out.flush();
        return Exit.COMPLETED;
    }

    private void print(Message message) {
        PrintStream out = invocation.out();
        switch (message) {
            case Message.User user ->
                out.println(
                        (user.origin() == Message.Origin.USER ? "> " : "[harness] ") + indented(user.text()) + "\n");
            case Message.Assistant assistant -> {
                if (!assistant.text().isBlank()) {
                    out.println(Clean.text(assistant.text()) + "\n");
                }
                for (Part.ToolCall call : assistant.toolCalls()) {
                    out.println("* "
                            + Clean.line(call.tool() + " "
                                    + MessageJson.text(call.arguments().values())));
                }
            }
            case Message.ToolReply reply ->
                out.println("  " + reply.result().status() + ": "
                        + indented(reply.result().content().strip()) + "\n");
        }
    }

    /** What models and tools said must not steer the terminal. */
    private static String indented(String text) {
        return Clean.text(text).replace("\n", "\n  ");
    }

    private Sessions sessions() {
        return new Sessions(Places.of(invocation.environment()).sessions());
    }
}
