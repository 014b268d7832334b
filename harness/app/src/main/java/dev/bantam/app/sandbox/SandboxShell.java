package dev.bantam.app.sandbox;

import dev.bantam.api.Sandbox;
import dev.bantam.app.sessions.Scratch;
import dev.bantam.app.setup.Configuration;
import dev.bantam.app.setup.Exit;
import dev.bantam.app.setup.HelpOption;
import dev.bantam.app.setup.Invocation;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.tui.Terminals;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** A shell for a person, in the very sandbox that commands get here. */
@Command(
        name = "shell",
        description = "A shell in the sandbox that this workspace's commands run in, to see what they see.")
final class SandboxShell implements Callable<Integer> {
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final String SHELL = "command -v bash >/dev/null && exec bash -i; exec sh -i";

    private final Invocation invocation;

    @ParentCommand
    private SandboxCommand sandbox;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "What to run instead of a shell.")
    private List<String> command = List.of();

    @Mixin
    private HelpOption help = new HelpOption();

    SandboxShell(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Exception {
        if (!invocation.terminalIn() || !invocation.terminalOut()) {
            throw new ConfigException("bantam sandbox shell needs a terminal");
        }
        Configuration configuration = Configuration.of(sandbox.options(), invocation);
        SandboxChoice choice = Sandboxes.choose(configuration, invocation.environment());
        if (choice.isRefused()) {
            throw new ConfigException(choice.refusal());
        }
        Path scratch = configuration.places().scratch().resolve("shell-" + UUID.randomUUID());
        try (Scratch folder = new Scratch(scratch, false);
                Sandbox opened = choice.open(folder.folder());
                Terminal terminal = Terminals.open()) {
            return run(opened, terminal, configuration.workspace());
        }
    }

    private int run(Sandbox opened, Terminal terminal, Path workspace) throws IOException, InterruptedException {
        String line = command.isEmpty() ? SHELL : String.join(" ", command);
        OutputStream out = terminal.output();
        Attributes before = terminal.enterRawMode();
        try (Sandbox.Terminal inside = opened.open(
                new Sandbox.Command(line, workspace, A_DAY),
                terminal.getColumns(),
                terminal.getRows(),
                bytes -> write(out, bytes))) {
            terminal.handle(Terminal.Signal.WINCH, signal -> resize(inside, terminal));
            Thread keys = Thread.ofPlatform().daemon().name("bantam-keys").start(() -> type(terminal, inside));
            while (!inside.await(LOOK_EVERY)) {
                // the terminal's own threads work
            }
            keys.interrupt();
            return inside.exitCode().orElse(Exit.FAILED);
        } finally {
            terminal.setAttributes(before);
            terminal.flush();
        }
    }

    private static void type(Terminal terminal, Sandbox.Terminal inside) {
        NonBlockingReader keys = terminal.reader();
        try {
            for (int key = keys.read(); key >= 0; key = keys.read()) {
                StringBuilder typed = new StringBuilder().append((char) key);
                while (keys.ready()) {
                    typed.append((char) keys.read());
                }
                inside.type(typed.toString().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // the shell has ended, and with it what is typed
        }
    }

    private static void resize(Sandbox.Terminal inside, Terminal terminal) {
        try {
            inside.resize(terminal.getColumns(), terminal.getRows());
        } catch (IOException e) {
            // it ended meanwhile
        }
    }

    private static void write(OutputStream out, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        try {
            out.write(copy);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the terminal cannot be written to", e);
        }
    }
}
