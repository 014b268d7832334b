package dev.bantam.app;

import dev.bantam.core.session.MessageJson;
import dev.bantam.model.discovery.Found;
import dev.bantam.model.local.Box;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the models of this machine. */
@Command(name = "models", description = "List the models on this machine (ls).")
final class ModelsCommand implements Callable<Integer> {
    private final Invocation invocation;

    ModelsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Exception {
        return list(false);
    }

    @Command(name = "ls", description = "Models of running local servers, model files, and the model in the box.")
    int list(@Option(names = "--json", description = "One JSON object a line.") boolean json) throws Exception {
        Configuration configuration = Configuration.of(new RunOptions(), invocation);
        ModelChoice choice =
                new ModelChoice(configuration.settings(), configuration.places(), invocation.environment());
        for (Found found : choice.discovered()) {
            print(json, found.ref(), found.description());
        }
        print(json, Box.REF, "the 10 MB model in the box, for demonstrations and tests");
        return Exit.COMPLETED;
    }

    private void print(boolean json, String ref, String description) {
        PrintStream out = invocation.out();
        if (json) {
            out.println(MessageJson.text(new TreeMap<>(Map.of("ref", ref, "description", description))));
        } else {
            out.printf("%-48s %s%n", ref, description);
        }
        out.flush();
    }
}
