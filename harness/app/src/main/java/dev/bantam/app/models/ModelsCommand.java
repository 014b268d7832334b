package dev.bantam.app.models;

import dev.bantam.app.setup.Configuration;
import dev.bantam.app.setup.Exit;
import dev.bantam.app.setup.HasOptions;
import dev.bantam.app.setup.HelpOption;
import dev.bantam.app.setup.Invocation;
import dev.bantam.app.setup.RunOptions;
import dev.bantam.app.setup.Sizes;
import dev.bantam.core.session.MessageJson;
import dev.bantam.model.discovery.Found;
import dev.bantam.model.discovery.KeptModels;
import dev.bantam.model.local.Box;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Lists the models of this machine; its subcommands look at one of them, or get one. */
@Command(name = "models", description = "List (ls), get (pull) and inspect the models on this machine.")
public final class ModelsCommand implements Callable<Integer> {
    private final Invocation invocation;

    @ParentCommand
    private HasOptions cli;

    @Mixin
    private HelpOption help = new HelpOption();

    private ModelsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /** The command with all that it knows. */
    public static CommandLine in(Invocation invocation) {
        return new CommandLine(new ModelsCommand(invocation))
                .addSubcommand(new ModelsPull(invocation))
                .addSubcommand(new ModelsShow(invocation))
                .addSubcommand(new ModelsLogits(invocation))
                .addSubcommand(new ModelsTokenize(invocation))
                .addSubcommand(new ModelsBench(invocation));
    }

    /** The options that stand before the command's name. */
    RunOptions options() {
        return cli.options();
    }

    @Override
    public Integer call() throws Exception {
        return list(false);
    }

    @Command(name = "ls", description = "Models of running local servers, model files, and the model in the box.")
    int list(@Option(names = "--json", description = "One JSON object a line.") boolean json) throws Exception {
        Configuration configuration = Configuration.of(options(), invocation);
        ModelChoice choice =
                new ModelChoice(configuration.settings(), configuration.places(), invocation.environment());
        KeptModels kept = new KeptModels(configuration.places().models());
        for (Found found : choice.discovered()) {
            String ref = found.kind() == Found.Kind.FILE
                    ? kept.ref(Path.of(found.ref())).orElse(found.ref())
                    : found.ref();
            print(json, ref, found);
        }
        print(
                json,
                Box.REF,
                new Found(
                        Box.REF,
                        Found.Kind.FILE,
                        "the 10 MB model in the box, for demonstrations and tests",
                        java.util.OptionalInt.empty(),
                        java.util.OptionalLong.empty()));
        return Exit.COMPLETED;
    }

    private void print(boolean json, String ref, Found found) {
        PrintStream out = invocation.out();
        if (json) {
            Map<String, Object> fields = new TreeMap<>(Map.of("ref", ref, "description", found.description()));
            found.bytes().ifPresent(bytes -> fields.put("bytes", bytes));
            found.contextWindow().ifPresent(tokens -> fields.put("context", tokens));
            out.println(MessageJson.text(fields));
        } else {
            String size = found.bytes().isPresent() ? Sizes.bytes(found.bytes().getAsLong()) + ", " : "";
            out.printf("%-48s %s%s%n", ref, size, found.description());
        }
        out.flush();
    }
}
