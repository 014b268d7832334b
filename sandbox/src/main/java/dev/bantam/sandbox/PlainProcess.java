package dev.bantam.sandbox;

import dev.bantam.api.Sandbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The sandbox of kind {@code none}: a plain process with the user's own rights. It keeps the environment clean, ends what
 * it started, and watches over memory, processes and disk; it confines nothing.
 *
 * <p>A command that exits may leave processes running in the background, such as a server that the next command talks
 * to. They live until {@link #close}, and no longer than this program. At the time limit, and when the user cancels,
 * nothing of the command is left. Commands may run at the same time.
 */
public final class PlainProcess implements Sandbox {
    private final ProcessTree everything;
    private final Guard guard;
    private final Commands commands;

    public PlainProcess(Confinement confinement) {
        String session = UUID.randomUUID().toString();
        everything = ProcessTree.ofSession(session);
        guard = new Guard(session);
        Map<String, String> parent = confinement.environment();
        commands = new Commands(
                session,
                new Environment(parent),
                Shell.foundOn(parent.getOrDefault("PATH", "")),
                new Launcher(),
                new Watchdog(
                        confinement.limits(),
                        confinement.workspace(),
                        () -> everything.usage(confinement.limits().memoryBytes()),
                        everything::end));
    }

    private final class Launcher implements Commands.Launcher {
        @Override
        public Commands.Started launch(List<String> words, Map<String, String> variables, Path folder, boolean keyboard)
                throws IOException {
            guard.start();
            ProcessBuilder builder =
                    new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().putAll(variables);
            Process process = builder.start();
            return new Commands.Started(process, ProcessTree.of(process.toHandle(), variables.get(Environment.MARK)));
        }

        @Override
        public ProcessTree everything() {
            return everything;
        }
    }

    @Override
    public String kind() {
        return "none";
    }

    @Override
    public Outcome run(Command command, Consumer<ByteBuffer> output) throws IOException, InterruptedException {
        return commands.run(command, output);
    }

    @Override
    public Terminal open(Command command, int columns, int rows, Consumer<ByteBuffer> output)
            throws IOException, InterruptedException {
        return commands.open(command, columns, rows, output);
    }

    @Override
    public void close() {
        commands.close();
        guard.close();
    }
}
