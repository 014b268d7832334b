package dev.bantam.tools;

import dev.bantam.api.Arguments;
import dev.bantam.api.LiveConstraint;
import dev.bantam.api.Schema;
import dev.bantam.api.Schema.Field;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Shows a file as it is, a page at a time. */
final class ReadTool implements PathTool {
    static final int MAX_LINES = 2000;
    private static final int MAX_UTF16_BYTES = 20 << 20;
    private static final int READ_AHEAD = FileKind.HEAD_BYTES;

    private static final ToolSpec SPEC = ToolSpec.of(
                    "read",
                    Tools.description("read"),
                    Field.required("path", Schema.TEXT, "", "file_path", "filename", "file", "absolute_path"),
                    Field.optional("offset", Schema.WHOLE, "", "start_line", "line_start", "start"),
                    Field.optional("limit", Schema.WHOLE, "", "max_lines", "line_count", "num_lines"))
            .alsoKnownAs("read_file", "view", "cat", "open_file", "view_file", "get_file_contents");

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public boolean readOnly() {
        return true;
    }

    @Override
    public List<LiveConstraint> constraints(ToolContext context) {
        return List.of(new LiveConstraint.OneOf("path", () -> readable(context)));
    }

    private static List<String> readable(ToolContext context) {
        List<String> paths = ExistingPaths.of(context.workspace());
        if (paths.isEmpty() || !Files.isDirectory(context.scratch())) {
            return paths;
        }
        List<String> more = new ArrayList<>(paths);
        new Tree(context.scratch(), context.scratch()).forEach(file -> more.add(file.toString()));
        return more;
    }

    /** The full output of a command lies in the session's scratch folder, and the model is told so by its whole path. */
    @Override
    public ToolResult run(Arguments arguments, ToolContext context) throws InterruptedException {
        if (!isInScratch(arguments.optionalText("path").orElse("").strip(), context)) {
            return PathTool.super.run(arguments, context);
        }
        try {
            LocalWorkspace scratch = LocalWorkspace.at(context.scratch());
            ToolResult result =
                    PathTool.super.run(arguments, new ToolContext(scratch, context.sandbox(), context.scratch()));
            boolean read = result instanceof ToolResult.Done;
            return read ? new ToolResult.Done(result.content()) : result; // nothing of the workspace was read
        } catch (IOException e) {
            return failed(Faults.inWords(Shown.inOneLine(context.scratch().toString()), e));
        }
    }

    private static boolean isInScratch(String name, ToolContext context) {
        try {
            return Path.of(name).normalize().startsWith(context.scratch().toAbsolutePath());
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Override
    public ToolResult runOn(Path path, Arguments arguments, ToolContext context)
            throws IOException, InterruptedException {
        String shown = Shown.inOneLine(context.workspace().show(path));
        Target target = Target.of(context.workspace(), path);
        if (!(target instanceof Target.File(String name, BasicFileAttributes attributes))) {
            return target.toResult(this, shown);
        }
        try (Folder folder = Folder.open(context.workspace().root(), path.getParent());
                PushbackInputStream in = new PushbackInputStream(folder.read(name), READ_AHEAD)) {
            return switch (FileKind.of(in)) {
                case FileKind.Binary binary ->
                    failed(shown + " is " + binary.name() + " (" + Shown.size(attributes.size())
                            + "), not text. Use bash with a program that understands it.");
                case FileKind.Text text -> page(in, shown, arguments, context, path, "");
                case FileKind.Utf16 utf16 -> {
                    InputStream converted = FileKind.utf16AsUtf8(in, MAX_UTF16_BYTES);
                    yield page(converted, shown, arguments, context, path, "[UTF-16 text]");
                }
            };
        }
    }

    private ToolResult page(
            InputStream in, String shown, Arguments arguments, ToolContext context, Path path, String note)
            throws IOException, InterruptedException {
        long first = Math.max(1, arguments.wholeNumber("offset").orElse(1));
        int limit = Math.clamp(arguments.wholeNumber("limit").orElse(MAX_LINES), 1, MAX_LINES);
        Page page = Page.read(in, first, limit);
        if (page.totalLines() == 0) {
            return new ToolResult.Done("[" + shown + " is empty]", effects(context, path));
        }
        if (page.isPastTheEnd()) {
            return failed("offset " + first + " is past the end: " + shown + " has " + page.totalLines() + " lines.");
        }
        return new ToolResult.Done(page.text() + page.notes(note), effects(context, path));
    }

    private static ToolResult.Effects effects(ToolContext context, Path path) {
        return ToolResult.Effects.reading(context.workspace().show(path));
    }
}
