package dev.bantam.evals;

import dev.bantam.app.Subcommand;
import dev.bantam.app.setup.Invocation;
import picocli.CommandLine;

/** Brings {@code bantam eval}. */
public final class EvalSubcommand implements Subcommand {
    @Override
    public Object command(Invocation invocation) {
        return new CommandLine(new EvalCommand(invocation)).addSubcommand(new SpeedCommand(invocation));
    }
}
