package dev.bantam.app.models;

import dev.bantam.app.setup.Bounds;
import dev.bantam.app.setup.Exit;
import dev.bantam.app.setup.HelpOption;
import dev.bantam.app.setup.Invocation;
import dev.bantam.app.setup.Places;
import dev.bantam.app.setup.Sizes;
import dev.bantam.core.session.MessageJson;
import dev.bantam.engine.Model;
import dev.bantam.engine.ModelFacts;
import dev.bantam.engine.ReadBandwidth;
import dev.bantam.engine.kernel.Cores;
import dev.bantam.model.inspect.Needs;
import dev.bantam.model.inspect.Opened;
import dev.bantam.model.local.ChatSupport;
import dev.bantam.model.local.LocalModels;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a model file is, and what it would take and give on this machine. */
@Command(
        name = "show",
        description = "What a model file is, what it takes of this machine, and how fast it could be here.")
final class ModelsShow implements Callable<Integer> {
    private static final Duration MEASURED = Duration.ofMillis(600);

    private final Invocation invocation;

    @Parameters(paramLabel = "REF", description = "local/NAME or a .gguf file; of a split model any part.")
    private String ref;

    @Option(
            names = "--context",
            paramLabel = "N",
            description = "Tokens that it is to hold; by default what a chat takes.")
    private Integer context;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Mixin
    private HelpOption help = new HelpOption();

    ModelsShow(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Exception {
        Path file = new ModelFiles(Places.of(invocation.environment())).of(ref);
        int threads = Cores.physical();
        try (Model model = Opened.fast(file, threads)) {
            ModelFacts facts = model.facts();
            Bounds.atLeast("--context", context == null ? 1 : context, 1);
            int tokens = Math.min(context == null ? LocalModels.USUAL_CONTEXT : context, facts.contextTokens());
            if (context != null && context > tokens) {
                invocation
                        .err()
                        .printf("bantam: --context %d is more than the model's; shown for %d%n", context, tokens);
            }
            double rate = ReadBandwidth.measure(threads, MEASURED);
            Needs needs = new Needs(facts, tokens, Needs.machine(), rate);
            boolean chat = ChatSupport.of(model);
            if (json) {
                invocation.out().println(MessageJson.text(fields(file, needs, chat)));
            } else {
                print(file, needs, chat, threads);
            }
            invocation.out().flush();
            return Exit.COMPLETED;
        }
    }

    private static Map<String, Object> fields(Path file, Needs needs, boolean chat) {
        ModelFacts facts = needs.facts();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", file.toString());
        fields.put("name", facts.name());
        fields.put("architecture", facts.architecture());
        fields.put("quantization", facts.quantization());
        fields.put("parameters", facts.totalParameters());
        fields.put("active_parameters", facts.activeParameters());
        fields.put("layers", facts.layers());
        fields.put("vocabulary", facts.vocabularySize());
        fields.put("trained_context", facts.contextTokens());
        fields.put("recurrent", facts.recurrent());
        fields.put("file_bytes", facts.fileBytes());
        fields.put("active_bytes", facts.activeBytes());
        fields.put("cache_bytes_per_token", facts.cacheBytesPerToken());
        fields.put("context", needs.context());
        fields.put("cache_bytes", needs.cacheBytes());
        fields.put("other_bytes", needs.otherBytes());
        fields.put("needed_bytes", needs.bytes());
        fields.put("machine_bytes", needs.machineBytes());
        fields.put("fits", needs.fits());
        fields.put("read_gbps", needs.readRate() / 1e9);
        fields.put("predicted_tps", needs.limit(0));
        fields.put("predicted_tps_full", needs.limit(needs.context()));
        fields.put("chat_format", chat);
        return fields;
    }

    private void print(Path file, Needs needs, boolean chat, int threads) {
        ModelFacts facts = needs.facts();
        PrintStream out = invocation.out();
        line(out, "file", file + ", " + Sizes.bytes(facts.fileBytes()));
        line(out, "model", "%s (%s, %s)".formatted(facts.name(), facts.architecture(), facts.quantization()));
        line(
                out,
                "parameters",
                "%s, %s of them for a token"
                        .formatted(Sizes.count(facts.totalParameters()), Sizes.count(facts.activeParameters())));
        line(out, "context", "%,d tokens at most".formatted(facts.contextTokens()));
        line(out, "cache", Sizes.bytes(facts.cacheBytesPerToken()) + " a token");
        line(
                out,
                "memory",
                "%s with a context of %,d tokens (%s weights, %s cache, %s for the system and this program)"
                        .formatted(
                                Sizes.bytes(needs.bytes()),
                                needs.context(),
                                Sizes.bytes(needs.weightBytes()),
                                Sizes.bytes(needs.cacheBytes()),
                                Sizes.bytes(needs.otherBytes())));
        line(
                out,
                "fits here",
                (needs.fits() ? "yes: " : "no, it would be very slow: ") + "this machine has "
                        + Sizes.bytes(needs.machineBytes()));
        line(
                out,
                "speed",
                "at most %.1f tokens a second, %.1f with a full context: %s a token, read at %.1f GB/s (%d threads)"
                        .formatted(
                                needs.limit(0),
                                needs.limit(needs.context()),
                                Sizes.bytes(facts.activeBytes()),
                                needs.readRate() / 1e9,
                                threads));
        line(
                out,
                "chat",
                chat ? "its chat format is known" : "its chat format is not known: it cannot be used with -m");
    }

    private static void line(PrintStream out, String name, String text) {
        out.printf("%-12s %s%n", name, dev.bantam.tui.Clean.line(text));
    }
}
