package dev.bantam.sandbox;

import dev.bantam.api.Sandbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The sandbox of kind {@code bubblewrap}: Linux namespaces, made by an unprivileged user. Commands see the system's
 * programs, the workspace, and empty folders for the rest; they run as the user, without any privilege, and reach no
 * network unless it was asked for.
 *
 * <p>All commands of a session share one set of namespaces: a server that one leaves in the background is reached by the
 * next, and {@code /tmp} stays. It starts with the first command. When this program dies, the kernel ends them all.
 */
public final class Bubblewrap implements Sandbox {
    private final Enclosure enclosure;
    private final Commands commands;

    /** @throws IOException when it cannot be had here; the message is a reason and what to do, see {@link #obstacle} */
    public Bubblewrap(Confinement confinement) throws IOException {
        String session = UUID.randomUUID().toString();
        Installed installed = Installed.find(confinement);
        enclosure = new Enclosure(confinement, installed, session);
        commands = new Commands(
                session,
                Environment.inside(confinement),
                Shell.inside(enclosure.control()),
                enclosure,
                new Watchdog(
                        confinement.limits(),
                        confinement.workspace(),
                        () -> enclosure.everything().usage(confinement.limits().memoryBytes()),
                        () -> enclosure.everything().end(),
                        enclosure::memoryKills));
    }

    /** Why there is no such sandbox for this workspace on this machine, as a sentence; empty when it works. */
    public static Optional<String> obstacle(Confinement confinement) throws InterruptedException {
        try (Bubblewrap tried = new Bubblewrap(confinement)) {
            tried.enclosure.start();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Override
    public String kind() {
        return "bubblewrap";
    }

    @Override
    public void prepare() {
        enclosure.prepare();
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
        enclosure.close();
    }
}
