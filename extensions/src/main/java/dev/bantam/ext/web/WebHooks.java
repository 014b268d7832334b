package dev.bantam.ext.web;

import dev.bantam.api.Hooks;
import dev.bantam.api.Part;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One session's web: its tools, and what a compaction keeps of the pages that were read. */
final class WebHooks implements Hooks {
    private static final Pattern KEPT_AS = Pattern.compile("\\bas (\\w+)");

    private final List<Tool> tools;
    private final ReadPages read;
    private final Http http;

    WebHooks(List<Tool> tools, ReadPages read, Http http) {
        this.tools = List.copyOf(tools);
        this.read = read;
        this.http = http;
    }

    @Override
    public List<Tool> tools() {
        return tools;
    }

    /** Changes nothing: listens for facts that were kept, with a page as their source. */
    @Override
    public Optional<ToolResult> rewriteResult(Part.ToolCall call, ToolResult result) {
        if (call.tool().equals(ReadPages.EVIDENCE_TOOL) && result instanceof ToolResult.Done done) {
            Matcher id = KEPT_AS.matcher(done.content());
            String source = call.arguments().optionalText("source").orElse("");
            try {
                if (id.find()) {
                    read.evidence(source, id.group(1));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Carried> carried() {
        try {
            String pages = read.summary();
            return pages.isEmpty()
                    ? List.of()
                    : List.of(new Carried("Web pages read; web_fetch gives their text again if you must", pages));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
