package dev.bantam.tools;

import dev.bantam.api.Arguments;
import dev.bantam.api.LiveConstraint;
import dev.bantam.api.Schema;
import dev.bantam.api.Schema.Field;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import dev.bantam.api.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.Lock;

/** Replaces a piece of text in a file, and nothing else in it. */
final class EditTool implements PathTool {
    private static final long MAX_BYTES = 10 << 20;

    private static final ToolSpec SPEC = ToolSpec.of(
                    "edit",
                    Tools.description("edit"),
                    Field.required("path", Schema.TEXT, "", "file_path", "filename", "file", "absolute_path"),
                    Field.required(
                            "old_text",
                            Schema.TEXT,
                            "",
                            "old_string",
                            "old_str",
                            "search",
                            "old",
                            "old_content",
                            "find"),
                    Field.required(
                            "new_text",
                            Schema.TEXT,
                            "",
                            "new_string",
                            "new_str",
                            "replace",
                            "new",
                            "new_content",
                            "replacement"),
                    Field.optional("replace_all", Schema.FLAG, "", "all", "global", "expect_multiple"))
            .alsoKnownAs(
                    "str_replace",
                    "str_replace_editor",
                    "str_replace_based_edit_tool",
                    "replace",
                    "search_replace",
                    "edit_file",
                    "search_and_replace",
                    "replace_in_file",
                    "modify_file");

    private final FileLocks locks;

    EditTool(FileLocks locks) {
        this.locks = locks;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public boolean readOnly() {
        return false;
    }

    @Override
    public List<LiveConstraint> constraints(ToolContext context) {
        return List.of(
                new LiveConstraint.OneOf("path", () -> ExistingPaths.of(context.workspace())),
                new LiveConstraint.SubstringOf(
                        "old_text", sampled -> EditableText.of(context.workspace(), sampled.optionalText("path"))));
    }

    @Override
    public ToolResult runOn(Path path, Arguments arguments, ToolContext context)
            throws IOException, InterruptedException {
        Workspace workspace = context.workspace();
        String shown = Shown.inOneLine(workspace.show(path));
        Target target = Target.of(workspace, path);
        if (!(target instanceof Target.File)) {
            return target instanceof Target.Missing missing
                    ? failed(missing.text() + " Use write to create a file.")
                    : target.toResult(this, shown);
        }
        if (!Files.isWritable(path)) {
            return refused(shown + " is read-only.");
        }
        Lock lock = locks.lock(path);
        try (Folder folder = Folder.open(workspace.root(), path.getParent())) {
            return editIn(folder, path.getFileName().toString(), shown, arguments, workspace.show(path));
        } finally {
            lock.unlock();
        }
    }

    private ToolResult editIn(Folder folder, String name, String shown, Arguments arguments, String effect)
            throws IOException {
        var seen = folder.attributes(name);
        if (seen.size() > MAX_BYTES) {
            return refused(
                    shown + " has " + Shown.size(seen.size()) + ", which is too much for edit. Use bash with sed.");
        }
        byte[] content = folder.readAll(name);
        switch (FileKind.of(content)) {
            case FileKind.Binary binary -> {
                return refused(shown + " is " + binary.name() + ", not text.");
            }
            case FileKind.Utf16 utf16 -> {
                return refused(shown + " is UTF-16 text. Convert it with bash and iconv first.");
            }
            case FileKind.Text text -> {}
        }
        Edit edit = new Edit(
                shown,
                TextFile.decode(content),
                TextFile.wellFormed(arguments.text("old_text")),
                TextFile.wellFormed(arguments.text("new_text")),
                arguments.flag("replace_all"));
        return switch (edit.apply()) {
            case Edit.Outcome.NotPossible(String why) -> refused(why);
            case Edit.Outcome.Changed(String text, String answer) ->
                folder.replace(name, TextFile.encode(text), seen)
                        ? new ToolResult.Done(answer, ToolResult.Effects.changing(effect))
                        : failed(shown + " was changed by something else meanwhile. Read it again, then edit.");
        };
    }
}
