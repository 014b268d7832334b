package dev.bantam.sandbox;

import dev.bantam.sandbox.registry.RegistryProxy;
import dev.bantam.sandbox.registry.Relay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The namespaces of one session, and a folder through which commands are handed in: a script and named pipes each. Inside
 * the folder can only be read.
 */
final class Enclosure implements Commands.Launcher, AutoCloseable {
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

    /** One process may have more than all together for a moment, so that the watchdog can tell what happened. */
    private static final int DATA_OF_ONE_PROCESS = 2;

    private final Confinement confinement;
    private final Installed installed;
    private final String session;
    private final Path control;
    private final AtomicInteger numbers = new AtomicInteger();
    private Supervisor supervisor; // guarded by this; null until the first command
    private Optional<ControlGroup> group = Optional.empty(); // guarded by this
    private RegistryProxy proxy; // guarded by this; null until it is needed
    private boolean closed; // guarded by this

    Enclosure(Confinement confinement, Installed installed, String session) throws IOException {
        this.confinement = confinement;
        this.installed = installed;
        this.session = session;
        control = ControlFolders.create();
        String home = BubblewrapArguments.home(confinement).toString();
        Identity identity = installed.identity();
        Files.writeString(
                control.resolve("passwd"),
                "user:x:%d:%d::%s:/bin/sh\n".formatted(identity.uid(), identity.gid(), home));
        Files.writeString(control.resolve("group"), "user:x:%d:\n".formatted(identity.gid()));
    }

    Path control() {
        return control;
    }

    void prepare() {
        Thread.ofPlatform().daemon().name("bantam-enclosure-start").start(() -> {
            try {
                start();
            } catch (IOException | InterruptedException e) {
                // the first command meets the same, and tells
            }
        });
    }

    synchronized Supervisor start() throws IOException, InterruptedException {
        if (closed) {
            throw new IOException("The sandbox is closed. Start a new session.");
        }
        if (supervisor == null || supervisor.isOver()) {
            if (confinement.scratch().isPresent()) {
                Files.createDirectories(confinement.scratch().get());
            }
            openProxy();
            List<String> filtered =
                    SeccompFilter.prefix(control, installed.program().toString());
            installed.identity().handOver(control);
            if (group.isEmpty()) {
                group = ControlGroup.make(confinement.limits(), session);
            }
            List<String> words = new ArrayList<>(group.map(ControlGroup::prefix).orElse(List.of()));
            words.addAll(installed.identity().prefix());
            words.addAll(filtered);
            words.addAll(BubblewrapArguments.of(confinement, installed, control));
            long dataKib = confinement.limits().memoryBytes() / 1024 * DATA_OF_ONE_PROCESS;
            words.addAll(List.of(
                    Shell.INSIDE,
                    "-c",
                    Supervisor.SCRIPT,
                    control.toString(),
                    Long.toString(dataKib),
                    Integer.toString(confinement.limits().processes())));
            if (proxy != null) {
                words.addAll(Relay.start(control));
            }
            supervisor = Supervisor.start(words);
        }
        return supervisor;
    }

    private void openProxy() throws IOException {
        if (proxy == null && confinement.network() == Network.REGISTRIES) {
            proxy = RegistryProxy.listen(control, confinement.registries());
        }
    }

    @Override
    public Commands.Started launch(List<String> words, Map<String, String> variables, Path folder, boolean keyboard)
            throws IOException, InterruptedException {
        Supervisor inside = start();
        int number = numbers.incrementAndGet();
        Path output = InnerProcess.outputOf(number, control);
        Path input = InnerProcess.keyboardOf(number, control);
        makePipes(keyboard ? List.of(output, input) : List.of(output));
        Files.writeString(
                InnerProcess.scriptOf(number, control),
                script(words, variables, folder, output, keyboard ? input : Path.of("/dev/null")));
        installed.identity().handOver(control);
        InnerProcess process = new InnerProcess(number, control, keyboard);
        inside.run(process);
        return new Commands.Started(
                process,
                ProcessTree.marked(
                        variables.get(Environment.MARK),
                        () -> LinuxProcesses.below(inside.handle().pid())));
    }

    private static void makePipes(List<Path> pipes) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("mkfifo", "-m", "600"));
        pipes.forEach(pipe -> words.add(pipe.toString()));
        if (new ProcessBuilder(words).inheritIO().start().waitFor() != 0) {
            throw new IOException("The named pipes " + pipes + " could not be made. Is the disk full?");
        }
    }

    private static String script(
            List<String> words, Map<String, String> variables, Path folder, Path output, Path input)
            throws IOException {
        StringBuilder script = new StringBuilder();
        script.append("exec >").append(Shell.quoted(output.toString())).append(" 2>&1 <");
        script.append(Shell.quoted(input.toString())).append('\n');
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            if (!variable.getKey().matches(NAME)) {
                throw new IOException("\"" + variable.getKey() + "\" cannot be the name of a variable.");
            }
            script.append("export ").append(variable.getKey()).append('=');
            script.append(Shell.quoted(variable.getValue())).append('\n');
        }
        script.append("cd ").append(Shell.quoted(folder.toString())).append(" || exit 126\nexec \"$@\" ");
        script.append(words.stream().map(Shell::quoted).collect(Collectors.joining(" ")));
        return script.append('\n').toString();
    }

    /** How many processes the kernel has ended for want of memory; 0 where it does not tell. */
    synchronized long memoryKills() {
        return group.map(ControlGroup::kills).orElse(0L);
    }

    @Override
    public synchronized ProcessTree everything() {
        return supervisor == null
                ? ProcessTree.ofSession(session, Set::of)
                : ProcessTree.ofSession(supervisor.handle(), session);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (supervisor != null) {
            supervisor.close();
        }
        if (proxy != null) {
            proxy.close();
        }
        group.ifPresent(ControlGroup::close);
        ControlFolders.remove(control);
    }
}
