package dev.bantam.ext.shellsession;

import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Tool;
import java.util.List;

/** One session's shell and jobs. */
final class ShellHooks implements Hooks {
    private final MainShell shell;
    private final Jobs jobs;

    ShellHooks(ExtensionContext context, Pace pace) {
        shell = new MainShell(context, pace);
        jobs = new Jobs(context, shell, pace);
    }

    @Override
    public List<Tool> tools() {
        return List.of(new ShellTool(shell, jobs));
    }

    /** A summary tends to forget where the shell stands and what runs. */
    @Override
    public List<Carried> carried() {
        String running = jobs.list();
        return shell.folder().isEmpty() && running.isEmpty()
                ? List.of()
                : List.of(new Carried(
                        "Shell",
                        "It stands in " + shell.shown() + "." + (running.isEmpty() ? "" : " Jobs: " + running)));
    }

    @Override
    public void close() {
        jobs.close();
        shell.close();
    }
}
