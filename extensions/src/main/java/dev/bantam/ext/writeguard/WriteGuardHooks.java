package dev.bantam.ext.writeguard;

import dev.bantam.api.CallVerdict;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Part;
import dev.bantam.api.Workspace;
import dev.bantam.ext.text.JsonText;
import dev.bantam.ext.text.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Judges calls of {@code write}. Keeps nothing between calls. */
final class WriteGuardHooks implements Hooks {
    /** A longer content is not shown once more: the model has just written it. */
    private static final int LONGEST_COPY = 1_000;

    private final ExtensionContext context;

    WriteGuardHooks(ExtensionContext context) {
        this.context = context;
    }

    @Override
    public CallVerdict judgeCall(Part.ToolCall call) {
        if (!call.tool().equals("write")) {
            return CallVerdict.ALLOW;
        }
        Optional<String> name = call.arguments().optionalText("path");
        Optional<String> content = call.arguments().optionalText("content");
        if (name.isEmpty() || content.isEmpty()) {
            return CallVerdict.ALLOW;
        }
        try {
            Path file = context.workspace().resolve(name.get());
            return Files.isRegularFile(file) ? refuse(file, content.get()) : CallVerdict.ALLOW;
        } catch (Workspace.OutsideWorkspaceException | IOException e) {
            return CallVerdict.ALLOW; // the tool meets the same obstacle, and has the words for it
        }
    }

    private CallVerdict refuse(Path file, String content) throws IOException {
        String shown = context.workspace().show(file);
        ExistingFile existing = ExistingFile.read(file, content);
        String text = switch (existing) {
            case ExistingFile.Same same -> plain("same-content.md", shown);
            case ExistingFile.Empty empty when hasEdit() -> fill(shown, content);
            case ExistingFile.Lines lines when hasEdit() -> editInstead(shown, lines);
            case ExistingFile.LongLine line when hasEdit() -> editOfLine(shown, line);
            case ExistingFile.Binary binary when hasEdit() -> plain("binary-file.md", shown);
            case ExistingFile.Empty empty -> plain("no-edit-tool.md", shown);
            case ExistingFile.Lines lines -> plain("no-edit-tool.md", shown);
            case ExistingFile.LongLine line -> plain("no-edit-tool.md", shown);
            case ExistingFile.Binary binary -> plain("no-edit-tool.md", shown);
        };
        String reason = existing instanceof ExistingFile.Same
                ? shown + " already has this content"
                : shown + " exists; edit it instead";
        return new CallVerdict.Refuse(text, reason);
    }

    private String editInstead(String shown, ExistingFile.Lines lines) {
        String arguments = JsonText.of(arguments(shown, lines.first(), "the lines that replace them"));
        return template("edit-instead.md")
                .with(Map.of("path", shown, "first_lines", lines.first(), "edit_arguments", arguments));
    }

    private static String editOfLine(String shown, ExistingFile.LongLine line) {
        String arguments = JsonText.of(arguments(shown, line.start(), "the text that replaces it"));
        return template("long-line.md").with(Map.of("path", shown, "start", line.start(), "edit_arguments", arguments));
    }

    /** An empty file has no text to copy: edit fills it when old_text is empty. */
    private String fill(String shown, String content) {
        String newText = content.length() <= LONGEST_COPY ? content : "the whole content";
        return template("empty-file.md")
                .with(Map.of("path", shown, "edit_arguments", JsonText.of(arguments(shown, "", newText))));
    }

    private static Map<String, Object> arguments(String path, String oldText, String newText) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("path", path);
        arguments.put("old_text", oldText);
        arguments.put("new_text", newText);
        return arguments;
    }

    private boolean hasEdit() {
        return context.tools().stream().anyMatch(tool -> tool.name().equals("edit"));
    }

    private static String plain(String resource, String shown) {
        return template(resource).with(Map.of("path", shown));
    }

    private static Template template(String resource) {
        return Template.of(WriteGuardHooks.class, resource);
    }
}
