package dev.bantam.ext.readbeforeedit;

import dev.bantam.api.CallVerdict;
import dev.bantam.api.Event;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.ToolResult;
import dev.bantam.api.Workspace.OutsideWorkspaceException;
import dev.bantam.ext.text.JsonText;
import dev.bantam.ext.text.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges calls of {@code edit} by what was seen of the file. */
final class ReadBeforeEditHooks implements Hooks {
    /** Larger ones are not looked at; the tool has its own words for them. */
    private static final long MAX_BYTES = 10 << 20;

    private static final int PAGE = 400;
    private static final int LINES_BEFORE = 20;

    private final ExtensionContext context;
    private final SeenFiles seen;
    private List<Message> conversation = List.of();

    ReadBeforeEditHooks(ExtensionContext context) {
        this.context = context;
        this.seen = new SeenFiles(context.sessionFolder());
    }

    @Override
    public List<Guidance> guide(List<Message> messages) {
        conversation = messages;
        return List.of();
    }

    @Override
    public void onEvent(Event event) {
        if (event instanceof Event.ToolFinished finished) {
            ToolResult.Effects effects = finished.result().effectsOrNone();
            effects.read().forEach(this::note);
            effects.changed().forEach(this::note);
        }
    }

    private void note(String name) {
        content(name).ifPresent(content -> seen.note(name, content));
    }

    @Override
    public CallVerdict judgeCall(Part.ToolCall call) {
        boolean canRead = context.tools().stream().anyMatch(tool -> tool.name().equals("read"));
        Optional<String> named = call.arguments().optionalText("path");
        if (!call.tool().equals("edit") || !canRead || named.isEmpty()) {
            return CallVerdict.ALLOW;
        }
        Optional<String> name = shown(named.get());
        Optional<byte[]> content = name.flatMap(this::content);
        if (content.isEmpty() || content.get().length == 0 || seen.holds(name.get(), content.get())) {
            return CallVerdict.ALLOW;
        }
        String text = new String(content.get(), StandardCharsets.UTF_8);
        if (Shown.in(conversation, text) || Shown.in(context.earlier(), text)) {
            seen.note(name.get(), content.get());
            return CallVerdict.ALLOW;
        }
        String oldText = call.arguments().optionalText("old_text").orElse("");
        boolean piece =
                !seen.holds(name.get()) && text.contains(oldText) && Shown.piece(conversation, name.get(), oldText);
        return piece ? CallVerdict.ALLOW : refuse(name.get(), text, oldText);
    }

    private CallVerdict refuse(String name, String text, String oldText) {
        boolean changed = seen.holds(name);
        String call = "read " + JsonText.of(reading(name, text, oldText));
        String refusal = Template.of(ReadBeforeEditHooks.class, changed ? "changed.md" : "unread.md")
                .with(Map.of("path", name, "read_call", call));
        return new CallVerdict.Refuse(refusal, name + (changed ? " changed since it was read" : " was not read"));
    }

    /** The whole file; of a long one the lines around the place that is meant. */
    private static Map<String, Object> reading(String name, String text, String oldText) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("path", name);
        String firstLine = oldText.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
        int at = firstLine.isEmpty() ? -1 : text.indexOf(firstLine);
        if (at >= 0 && text.lines().count() > PAGE) {
            long line = text.substring(0, at).chars().filter(it -> it == '\n').count() + 1;
            arguments.put("offset", Math.max(1, line - LINES_BEFORE));
            arguments.put("limit", PAGE);
        }
        return arguments;
    }

    private Optional<String> shown(String named) {
        try {
            return Optional.of(context.workspace().show(context.workspace().resolve(named)));
        } catch (OutsideWorkspaceException | IOException e) {
            return Optional.empty(); // the tool meets the same obstacle, and has the words for it
        }
    }

    private Optional<byte[]> content(String name) {
        try {
            Path file = context.workspace().resolve(name);
            boolean readable = Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES;
            return readable ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (OutsideWorkspaceException | IOException e) {
            return Optional.empty();
        }
    }
}
