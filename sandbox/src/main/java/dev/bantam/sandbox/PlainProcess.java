package dev.bantam.sandbox;

import dev.bantam.api.Sandbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final String session = UUID.randomUUID().toString();
    private final ProcessTree everything = ProcessTree.ofSession(session, this::groupMembers);
    private final Guard guard = new Guard(session);
    private final Limits limits;
    private final Launcher launcher = new Launcher();
    private final Commands commands;

    public PlainProcess(Confinement confinement) {
        limits = confinement.limits();
        Map<String, String> parent = confinement.environment();
        commands = new Commands(
                session,
                new Environment(parent),
                Shell.foundOn(parent.getOrDefault("PATH", "")),
                launcher,
                new Watchdog(
                        limits,
                        confinement.workspace(),
                        () -> everything.usage(limits.memoryBytes()),
                        everything::end,
                        launcher::memoryKills));
    }

    private final class Launcher implements Commands.Launcher {
        private Optional<ControlGroup> group = Optional.empty(); // guarded by this
        private boolean started; // guarded by this

        /** The watchdog looks from time to time; what multiplies faster than that is held by the kernel, where it may. */
        private synchronized List<String> inTheGroup(List<String> words) throws IOException {
            if (!started) {
                started = true;
                group = ControlGroup.make(limits, session);
                guard.start(group.map(ControlGroup::members));
            }
            List<String> all = new ArrayList<>(group.map(ControlGroup::prefix).orElse(List.of()));
            all.addAll(words);
            return all;
        }

        private synchronized Optional<ControlGroup> group() {
            return group;
        }

        private synchronized long memoryKills() {
            return group.map(ControlGroup::kills).orElse(0L);
        }

        @Override
        public Commands.Started launch(List<String> words, Map<String, String> variables, Path folder, boolean keyboard)
                throws IOException {
            ProcessBuilder builder = new ProcessBuilder(inTheGroup(words))
                    .directory(folder.toFile())
                    .redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().putAll(variables);
            Process process = builder.start();
            return new Commands.Started(
                    process,
                    ProcessTree.of(
                            process.toHandle(), variables.get(Environment.MARK), PlainProcess.this::groupMembers));
        }

        @Override
        public ProcessTree everything() {
            return everything;
        }
    }

    private Set<Long> groupMembers() {
        return launcher.group().map(ControlGroup::processes).orElse(Set.of());
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
        launcher.group().ifPresent(ControlGroup::close);
    }
}
