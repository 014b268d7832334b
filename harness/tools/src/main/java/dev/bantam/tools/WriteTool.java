package dev.bantam.tools;

import dev.bantam.api.Arguments;
import dev.bantam.api.Schema;
import dev.bantam.api.Schema.Field;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Lock;

/** Makes new files, and never touches one that exists. */
final class WriteTool implements PathTool {
    private static final ToolSpec SPEC = ToolSpec.of(
                    "write",
                    Tools.description("write"),
                    Field.required("path", Schema.TEXT, "", "file_path", "filename", "file", "absolute_path"),
                    Field.required(
                            "content",
                            Schema.TEXT,
                            "",
                            "text",
                            "contents",
                            "file_text",
                            "file_content",
                            "data",
                            "code"))
            .alsoKnownAs("write_file", "create_file", "create", "write_to_file", "save_file", "new_file");

    private final FileLocks locks;

    WriteTool(FileLocks locks) {
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
    public ToolResult runOn(Path path, Arguments arguments, ToolContext context)
            throws IOException, InterruptedException {
        String shown = Shown.inOneLine(context.workspace().show(path));
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                || arguments.text("path").endsWith("/")) {
            return refused(shown + " is a folder. Give the name of a file, such as " + shown + "/main.py.");
        }
        String content = arguments.text("content");
        Lock lock = locks.lock(path);
        try {
            return create(path, shown, content, context);
        } catch (FileAlreadyExistsException e) {
            return exists(path, shown);
        } finally {
            lock.unlock();
        }
    }

    private ToolResult create(Path path, String shown, String content, ToolContext context) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return exists(path, shown);
        }
        Path root = context.workspace().root();
        for (Path above = path.getParent(); !above.equals(root); above = above.getParent()) {
            if (Files.exists(above) && !Files.isDirectory(above)) {
                return refused(context.workspace().show(above) + " is a file, so nothing can be made below it.");
            }
        }
        Deque<Path> made = new ArrayDeque<>();
        try (Folder folder = Folder.make(root, path.getParent(), made)) {
            folder.create(path.getFileName().toString(), content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            Folder.remove(root, made);
            throw e;
        }
        long lines = content.lines().count();
        return new ToolResult.Done(
                "Created " + shown + " (" + lines + (lines == 1 ? " line)" : " lines)"),
                ToolResult.Effects.changing(context.workspace().show(path)));
    }

    private ToolResult exists(Path path, String shown) throws IOException {
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && Files.size(path) == 0) {
            return refused(shown + " already exists and is empty. Use edit with an empty old_text to fill it.");
        }
        return refused(shown + " already exists. Read it, then use edit to change it.");
    }
}
