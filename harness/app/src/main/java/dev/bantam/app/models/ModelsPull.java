package dev.bantam.app.models;

import dev.bantam.app.setup.AppSettings;
import dev.bantam.app.setup.Configuration;
import dev.bantam.app.setup.Exit;
import dev.bantam.app.setup.HelpOption;
import dev.bantam.app.setup.Invocation;
import dev.bantam.app.setup.Places;
import dev.bantam.app.setup.Sizes;
import dev.bantam.core.session.MessageJson;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.model.discovery.KeptModels;
import dev.bantam.model.hub.Hub;
import dev.bantam.model.hub.HubRef;
import dev.bantam.model.hub.HubSettings;
import dev.bantam.model.hub.Pull;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Gets a model from Hugging Face, because the user asks for it. */
@Command(
        name = "pull",
        description = {
            "Get a model from Hugging Face into ~/.local/share/bantam/models/OWNER/REPO.",
            "A pull that was ended goes on where it was when it is run again. Sizes and hashes are checked."
                    + " HF_ENDPOINT names another address than huggingface.co; HF_TOKEN is sent to that address alone."
        })
final class ModelsPull implements Callable<Integer> {
    private final Invocation invocation;

    @ParentCommand
    private ModelsCommand models;

    @Parameters(
            paramLabel = "hf:OWNER/REPO[:QUANT|:FILE]",
            description =
                    "The repository, and in it the quantization (by default Q4_K_M, or the only one) or the file.")
    private String ref;

    @Option(names = "--offline", description = "Never talk to another machine: then there is nothing to pull.")
    private boolean offline;

    @Option(names = "--json", description = "One JSON object at the end.")
    private boolean json;

    @Mixin
    private HelpOption help = new HelpOption();

    ModelsPull(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Exception {
        HubRef wanted;
        try {
            wanted = HubRef.parse(ref);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage(), e);
        }
        Configuration configuration = Configuration.of(models.options(), invocation);
        if (offline || configuration.settings().get(AppSettings.LOCAL_ONLY)) {
            throw new ConfigException("Offline: a model can only be pulled from another machine, and nothing was asked"
                    + " of one. Leave out --offline (and the setting local-only), or copy a .gguf file into "
                    + configuration.places().models());
        }
        HubSettings settings = HubSettings.of(
                name -> Optional.ofNullable(invocation.environment().get(name)));
        print(
                pull(wanted, settings, configuration.places()),
                new KeptModels(configuration.places().models()));
        return Exit.COMPLETED;
    }

    private Pull.Result pull(HubRef wanted, HubSettings settings, Places places) throws Exception {
        try (Hub hub = new Hub(settings);
                PullProgress progress = new PullProgress(invocation.err(), invocation.terminalErr())) {
            return new Pull(hub, places.models(), progress).run(wanted);
        }
    }

    private void print(Pull.Result result, KeptModels kept) {
        PrintStream out = invocation.out();
        String name = kept.ref(result.first()).orElse(result.first().toString());
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("ref", name);
            fields.put("file", result.first().toString());
            fields.put("bytes", result.bytes());
            fields.put("already_complete", result.wasComplete());
            out.println(MessageJson.text(fields));
        } else {
            out.println((result.wasComplete() ? "already complete: " : "complete: ") + result.first() + ", "
                    + Sizes.bytes(result.bytes()));
            out.println("run it: bantam -m " + name);
        }
        out.flush();
    }
}
