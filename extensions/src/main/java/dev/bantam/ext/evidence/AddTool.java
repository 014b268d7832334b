package dev.bantam.ext.evidence;

import dev.bantam.api.Arguments;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Schema;
import dev.bantam.api.Schema.Field;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import dev.bantam.ext.text.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The tool {@code evidence_add}. */
final class AddTool implements Tool {
    private static final int MAX_BYTES = 1_024;
    private static final int MAX_SOURCE_BYTES = 512;

    /** Of the window, for all facts together: a compaction carries them whole and must have room for the work. */
    private static final int SHARE_OF_WINDOW = 8;

    private static final ToolSpec SPEC = ToolSpec.of(
                    "evidence_add",
                    text("evidence_add.md", Map.of()),
                    Field.required("fact", Schema.TEXT, "", "text", "claim", "snippet", "content", "note", "evidence"),
                    Field.required("source", Schema.TEXT, "FILE:LINE, command or URL", "url", "file", "path", "ref"))
            .alsoKnownAs("add_evidence");

    private final ExtensionContext context;
    private final FactFile facts;

    AddTool(ExtensionContext context, FactFile facts) {
        this.context = context;
        this.facts = facts;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public boolean readOnly() {
        return false; // so that no two of them run at once
    }

    @Override
    public ToolResult run(Arguments arguments, ToolContext toolContext) throws IOException {
        String fact = arguments.text("fact").strip();
        String source = arguments.text("source").strip();
        Optional<Fact> same =
                facts.facts().stream().filter(each -> each.sameAs(fact, source)).findFirst();
        if (same.isPresent()) {
            return new ToolResult.Done("already there as " + same.get().id());
        }
        Optional<String> fault = fault(fact, source, toolContext);
        return fault.isPresent()
                ? new ToolResult.Refused("evidence_add refused: " + fault.get())
                : new ToolResult.Done("kept as " + facts.add(fact, source).id());
    }

    private Optional<String> fault(String fact, String source, ToolContext toolContext) throws IOException {
        int bytes = bytes(fact);
        if (fact.isEmpty() || source.isEmpty()) {
            return Optional.of(text("incomplete.md", Map.of("missing", fact.isEmpty() ? "fact" : "source")));
        }
        if (bytes > MAX_BYTES) {
            return Optional.of(text("too-long.md", Map.of("bytes", bytes, "most", MAX_BYTES)));
        }
        if (bytes(source) > MAX_SOURCE_BYTES) {
            return Optional.of(text("source-too-long.md", Map.of("most", MAX_SOURCE_BYTES)));
        }
        if (!fits(fact, source)) {
            return Optional.of(text("full.md", Map.of("count", facts.facts().size())));
        }
        return new SourceCheck(toolContext.workspace())
                .fault(source)
                .map(wrong -> text("wrong-source.md", Map.of("wrong", wrong)));
    }

    private boolean fits(String fact, String source) {
        int most = context.model().contextWindow() / SHARE_OF_WINDOW;
        int tokens = context.countTokens(new Fact("e99", fact, source).shown())
                + facts.facts().stream()
                        .mapToInt(each -> context.countTokens(each.shown()))
                        .sum();
        return facts.facts().size() < context.setting(Evidence.MAX_FACTS) && tokens <= most;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String text(String resource, Map<String, ?> values) {
        return Template.of(AddTool.class, resource).with(values);
    }
}
