package dev.bantam.app;

import dev.bantam.api.Setting;
import dev.bantam.app.setup.Configuration;
import dev.bantam.app.setup.Exit;
import dev.bantam.app.setup.Invocation;
import dev.bantam.app.setup.RunOptions;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists every setting that there is, those of extensions included. */
@Command(name = "settings", description = "List every setting: its value here, and what it does.")
final class SettingsCommand implements Callable<Integer> {
    private final Invocation invocation;

    SettingsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Exception {
        Configuration configuration = Configuration.of(new RunOptions(), invocation);
        PrintStream out = invocation.out();
        out.println(
                "In " + configuration.places().settings() + ", as JSON; a project's own in .bantam/settings.json:\n");
        for (Setting<?> setting : configuration.settings().declared()) {
            Object value = setting.key().startsWith("api-key.")
                    ? null
                    : configuration.settings().get(setting);
            out.printf("%-24s %-10s %s%n", setting.key(), value == null ? "" : value, setting.help());
        }
        out.flush();
        return Exit.COMPLETED;
    }
}
