package dev.bantam.app;

import dev.bantam.app.setup.Invocation;

/** A command that another module brings, found by {@link java.util.ServiceLoader}. */
public interface Subcommand {
    /** An object that picocli understands: annotated with its name, and a {@code Callable<Integer>}. */
    Object command(Invocation invocation);
}
