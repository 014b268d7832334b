package dev.bantam.app.sandbox;

import dev.bantam.app.setup.Exit;
import dev.bantam.app.setup.HasOptions;
import dev.bantam.app.setup.HelpOption;
import dev.bantam.app.setup.Invocation;
import dev.bantam.app.setup.RunOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** What a person does with the sandbox: making its image, looking around in it. */
@Command(
        name = "sandbox",
        description = "Where commands run: make the container's image (build), look around in it (shell).")
public final class SandboxCommand implements Callable<Integer> {
    private final Invocation invocation;

    @ParentCommand
    private HasOptions cli;

    @Mixin
    private HelpOption help = new HelpOption();

    private SandboxCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    public static CommandLine in(Invocation invocation) {
        return new CommandLine(new SandboxCommand(invocation))
                .addSubcommand(new SandboxBuild(invocation))
                .addSubcommand(new SandboxShell(invocation));
    }

    /** The options that stand before the command's name. */
    RunOptions options() {
        return cli.options();
    }

    @Override
    public Integer call() {
        invocation.out().println("bantam sandbox build|shell. Which sandboxes work here: bantam doctor");
        invocation.out().flush();
        return Exit.COMPLETED;
    }
}
