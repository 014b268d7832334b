package dev.bantam.app.models;

import dev.bantam.app.setup.Bounds;
import dev.bantam.app.setup.Exit;
import dev.bantam.app.setup.HelpOption;
import dev.bantam.app.setup.Invocation;
import dev.bantam.app.setup.Places;
import dev.bantam.app.setup.Sizes;
import dev.bantam.core.session.MessageJson;
import dev.bantam.engine.Model;
import dev.bantam.engine.kernel.Cores;
import dev.bantam.model.inspect.Opened;
import dev.bantam.model.inspect.Speed;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a model's speed on this machine. */
@Command(
        name = "bench",
        description = {
            "Measure how fast a model reads a prompt and generates a reply here; medians of several rounds.",
            "Generating reads all weights that a token meets, so it cannot be faster than this machine's memory,"
                    + " which is measured in the same run: read_share is the part of that speed that is reached."
        })
final class ModelsBench implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "REF", description = "local/NAME or a .gguf file; of a split model any part.")
    private String ref;

    @Option(names = "-p", paramLabel = "N", defaultValue = "512", description = "Tokens of the prompt (512).")
    private int prompt;

    @Option(names = "-n", paramLabel = "N", defaultValue = "64", description = "Tokens of the reply (64).")
    private int reply;

    @Option(names = "-t", paramLabel = "N", description = "Threads; by default one for each physical core.")
    private Integer threads;

    @Option(names = "-r", paramLabel = "N", defaultValue = "3", description = "Rounds (3).")
    private int rounds;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Mixin
    private HelpOption help = new HelpOption();

    ModelsBench(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Exception {
        int workers = threads == null ? Cores.physical() : threads;
        Bounds.atLeast("-p", prompt, 1);
        Bounds.atLeast("-n", reply, 1);
        Bounds.atLeast("-r", rounds, 1);
        Bounds.atLeast("-t", workers, 1);
        Bounds.atMost("-t", workers, 256);
        Path file = new ModelFiles(Places.of(invocation.environment())).of(ref);
        try (Model model = Opened.fast(file, workers)) {
            cutToContext(model.facts().contextTokens());
            print(model, Speed.measure(model, prompt, reply, workers, rounds), workers);
            return Exit.COMPLETED;
        }
    }

    private void cutToContext(int context) {
        if ((long) prompt + reply > context) {
            reply = Math.max(1, Math.min(reply, context / 4));
            prompt = Math.max(1, Math.min(prompt, context - reply));
            invocation.say("this model's context has %,d tokens: measuring with a prompt of %,d and a reply of %,d"
                    .formatted(context, prompt, reply));
        }
    }

    private void print(Model model, Speed speed, int workers) {
        PrintStream out = invocation.out();
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("prefill_tps", speed.prefillTps());
            fields.put("decode_tps", speed.decodeTps());
            fields.put("bytes_per_token", speed.bytesPerToken());
            fields.put("read_gbps", speed.readRate() / 1e9);
            fields.put("read_share", speed.readShare());
            fields.put("threads", workers);
            fields.put("prompt", prompt);
            fields.put("reply", reply);
            fields.put("rounds", rounds);
            out.println(MessageJson.text(fields));
        } else {
            out.printf(
                    "%-12s %s, %s%n",
                    "model", model.facts().name(), model.facts().quantization());
            out.printf("%-12s %,.1f tokens a second, %,d of them%n", "reading", speed.prefillTps(), prompt);
            out.printf("%-12s %,.1f tokens a second, %,d of them%n", "generating", speed.decodeTps(), reply);
            out.printf(
                    "%-12s %s a token: %.0f %% of the %.1f GB/s that can be read here%n",
                    "memory", Sizes.bytes(speed.bytesPerToken()), 100 * speed.readShare(), speed.readRate() / 1e9);
            out.printf("%-12s %d, %d rounds%n", "threads", workers, rounds);
        }
        out.flush();
    }
}
