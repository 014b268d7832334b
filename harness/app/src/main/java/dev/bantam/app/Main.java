package dev.bantam.app;

import dev.bantam.api.ModelException;
import dev.bantam.app.doctor.DoctorCommand;
import dev.bantam.app.models.ModelsCommand;
import dev.bantam.app.sandbox.SandboxCommand;
import dev.bantam.app.sessions.SessionsCommand;
import dev.bantam.app.setup.Exit;
import dev.bantam.app.setup.FileFaults;
import dev.bantam.app.setup.Invocation;
import dev.bantam.app.setup.StandardError;
import dev.bantam.core.settings.ConfigException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** The program's entry. */
public final class Main {
    private static final Duration TIME_TO_END = Duration.ofSeconds(8);

    private Main() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = StandardError.open();
        Invocation invocation = new Invocation(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                System.in,
                out,
                err,
                StandardError.isTerminal(0),
                StandardError.isTerminal(1),
                StandardError.isTerminal(2));
        CountDownLatch over = endOnSignal(Thread.currentThread());
        int code;
        try {
            code = run(invocation, args);
        } finally {
            out.flush();
            err.flush();
            over.countDown();
        }
        System.exit(code);
    }

    /** A signal interrupts the run, and the program ends once that is recorded. */
    private static CountDownLatch endOnSignal(Thread session) {
        CountDownLatch over = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (over.getCount() > 0) {
                session.interrupt();
                try {
                    over.await(TIME_TO_END.toMillis(), TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }));
        return over;
    }

    /**
     * Runs a command line to its end. Every error ends here: a sentence on standard error, and an exit code.
     *
     * @return the exit code
     */
    public static int run(Invocation invocation, String... args) {
        Cli cli = new Cli(invocation);
        CommandLine line = new CommandLine(cli)
                .addSubcommand(new DemoCommand(invocation))
                .addSubcommand(new SettingsCommand(invocation))
                .addSubcommand(NotYet.in(new CommandLine(new SessionsCommand(invocation)), "export"))
                .addSubcommand(ModelsCommand.in(invocation))
                .addSubcommand(SandboxCommand.in(invocation))
                .addSubcommand(new DoctorCommand(invocation));
        for (Subcommand each : ServiceLoader.load(Subcommand.class)) {
            line.addSubcommand(each.command(invocation));
        }
        line.setExpandAtFiles(false); // @path mentions a file; its text is no command line
        line.setOut(new java.io.PrintWriter(invocation.out(), true));
        line.setErr(new java.io.PrintWriter(invocation.err(), true));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(false);
        line.setParameterExceptionHandler((failure, given) -> {
            invocation.say(firstLine(failure.getMessage()) + " See: bantam --help");
            return Exit.USAGE;
        });
        line.setExecutionExceptionHandler((failure, command, parsed) ->
                report(invocation, failure, List.of(args).contains("--debug")));
        return line.execute(args);
    }

    private static int report(Invocation invocation, Exception failure, boolean debug) {
        if (debug) {
            failure.printStackTrace(invocation.err());
        }
        return switch (failure) {
            case ConfigException e -> {
                invocation.say(e.getMessage());
                yield Exit.USAGE;
            }
            case ModelException e -> {
                invocation.say(e.getMessage());
                boolean usage =
                        e.kind() == ModelException.Kind.REJECTED || e.kind() == ModelException.Kind.AUTHENTICATION;
                yield usage ? Exit.USAGE : Exit.FAILED;
            }
            case InterruptedException e -> Exit.INTERRUPTED;
            case UncheckedIOException e
            when e.getCause() instanceof FileSystemException cause -> {
                invocation.say(FileFaults.inWords(cause));
                yield Exit.FAILED;
            }
            case FileSystemException e -> {
                invocation.say(FileFaults.inWords(e));
                yield Exit.FAILED;
            }
            default -> {
                String message = failure.getMessage();
                invocation.say(
                        message == null
                                ? "an unforeseen fault: " + failure.getClass().getName()
                                        + ". Run again with --debug, and report what it prints"
                                : message);
                yield Exit.FAILED;
            }
        };
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("").strip();
        return line.matches(".*[.!?]$") ? line : line + ".";
    }
}
