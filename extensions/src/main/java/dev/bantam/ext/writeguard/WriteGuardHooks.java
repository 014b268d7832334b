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
        String text =
                switch (existing) {
                    case ExistingFile.Same same -> template("same-content.md").with(Map.of("path", shown));
                    case ExistingFile.Empty empty -> removeFirst(shown);
                    case ExistingFile.Binary binary -> template("binary-file.md").with(Map.of("path", shown));
                    case ExistingFile.Lines lines when hasEdit() -> editInstead(shown, lines);
                    case ExistingFile.Lines lines -> template("no-edit-tool.md").with(Map.of("path", shown));
                };
        String reason = existing instanceof ExistingFile.Same
                ? shown + " already has this content"
                : shown + " exists; edit it instead";
        return new CallVerdict.Refuse(text, reason);
    }

    private String editInstead(String shown, ExistingFile.Lines lines) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("path", shown);
        arguments.put("old_text", lines.first());
        arguments.put("new_text", "the lines that replace them");
        return template("edit-instead.md")
                .with(Map.of("path", shown, "first_lines", lines.first(), "edit_arguments", JsonText.of(arguments)));
    }

    private static String removeFirst(String shown) {
        String command = "rm -- '" + shown.replace("'", "'\\''") + "'";
        return template("empty-file.md")
                .with(Map.of("path", shown, "bash_arguments", JsonText.of(Map.of("command", command))));
    }

    private boolean hasEdit() {
        return context.tools().stream().anyMatch(tool -> tool.name().equals("edit"));
    }

    private static Template template(String resource) {
        return Template.of(WriteGuardHooks.class, resource);
    }
}
