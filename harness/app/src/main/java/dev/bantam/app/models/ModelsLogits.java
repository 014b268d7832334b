package dev.bantam.app.models;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.bantam.app.setup.Bounds;
import dev.bantam.app.setup.Exit;
import dev.bantam.app.setup.HelpOption;
import dev.bantam.app.setup.Invocation;
import dev.bantam.app.setup.Places;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.engine.Model;
import dev.bantam.engine.kernel.Cores;
import dev.bantam.model.inspect.Computed;
import dev.bantam.model.inspect.Opened;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the logits that a model computes, to compare engines. */
@Command(
        name = "logits",
        description = {
            "Print what a model computes for tokens, as JSON: {\"logits\":[...],\"greedy\":[...]}.",
            "It computes with activations and a cache of 32-bit floats, as reference figures are computed;"
                    + " --fast computes as a chat does. Numbers are printed so that reading them back gives the same"
                    + " floats."
        })
final class ModelsLogits implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "REF", description = "local/NAME or a .gguf file; of a split model any part.")
    private String ref;

    @Option(
            names = "--tokens",
            paramLabel = "1,2,3",
            required = true,
            split = ",",
            description = "The tokens' ids. bantam models tokenize gives those of a text.")
    private int[] tokens;

    @Option(names = "--all", description = "The logits of every position, as a list of lists; else of the last one.")
    private boolean all;

    @Option(
            names = "--greedy",
            paramLabel = "N",
            description = "How many of the likeliest tokens to continue with; none by default.")
    private int greedy;

    @Option(names = "--fast", description = "Compute with the kernels that generation uses.")
    private boolean fast;

    @Option(names = "--json", description = "As always.")
    private boolean json;

    @Mixin
    private HelpOption help = new HelpOption();

    ModelsLogits(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Exception {
        Bounds.atLeast("--greedy", greedy, 0);
        Path file = new ModelFiles(Places.of(invocation.environment())).of(ref);
        try (Model model = fast ? Opened.fast(file, Cores.physical()) : Opened.exact(file)) {
            print(model);
        }
        return Exit.COMPLETED;
    }

    /** Row by row; after a failure what is printed is no whole JSON. */
    private void print(Model model) throws Exception {
        Computed computed = checked(model);
        try (JsonGenerator out = new JsonFactory()
                .configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false)
                .configure(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT, false)
                .createGenerator(invocation.out())) {
            int[] chain = computed.run(all, row -> {
                begin(out);
                floats(out, row);
            });
            if (all) {
                out.writeEndArray();
            }
            out.writeFieldName("greedy");
            out.writeArray(chain, 0, chain.length);
            out.writeEndObject();
            out.writeRaw('\n');
        }
        invocation.out().flush();
    }

    private Computed checked(Model model) throws ConfigException {
        try {
            return new Computed(model, tokens, greedy);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("--tokens: " + e.getMessage(), e);
        }
    }

    /** Only when there are figures, so that an error stands alone. */
    private void begin(JsonGenerator out) throws IOException {
        if (out.getOutputContext().inRoot()) {
            out.writeStartObject();
            out.writeFieldName("logits");
            if (all) {
                out.writeStartArray();
            }
        }
    }

    private static void floats(JsonGenerator out, float[] values) throws IOException {
        out.writeStartArray();
        for (float value : values) {
            out.writeNumber(value);
        }
        out.writeEndArray();
    }
}
