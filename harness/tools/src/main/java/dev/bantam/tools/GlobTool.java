package dev.bantam.tools;

import dev.bantam.api.Arguments;
import dev.bantam.api.Schema;
import dev.bantam.api.Schema.Field;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import dev.bantam.api.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Finds files by their paths; reads none of them. */
final class GlobTool implements PathTool {
    private static final int MAX_PATHS = 1000;

    private static final ToolSpec SPEC = ToolSpec.of(
                    "glob",
                    Tools.description("glob"),
                    Field.required("pattern", Schema.TEXT, "", "glob", "glob_pattern", "query", "name", "file_pattern"),
                    Field.optional("path", Schema.TEXT, "", "folder", "dir", "directory", "cwd", "root"))
            .alsoKnownAs("find", "find_files", "glob_search", "file_search", "search_paths");

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public boolean readOnly() {
        return true;
    }

    @Override
    public ToolResult runOn(Path path, Arguments arguments, ToolContext context)
            throws IOException, InterruptedException {
        Workspace workspace = context.workspace();
        String text = arguments.text("pattern");
        if (!(Target.of(workspace, path) instanceof Target.Directory)) {
            return failed(Shown.inOneLine(workspace.show(path)) + " is not a folder. Leave path out to search all.");
        }
        Glob glob;
        try {
            glob = Glob.of(belowRoot(text, workspace));
        } catch (PatternSyntaxException e) {
            return failed(Shown.inOneLine(text) + " is not a glob pattern: " + e.getDescription() + ".");
        }
        return search(path, text, glob, workspace);
    }

    private static ToolResult search(Path path, String text, Glob glob, Workspace workspace)
            throws InterruptedException {
        List<String> found = new ArrayList<>();
        for (Path file : new Tree(workspace.root(), path)) {
            if (Thread.interrupted()) {
                throw new InterruptedException("glob was cancelled");
            }
            if (!glob.matches(path.relativize(file).toString().replace('\\', '/'))) {
                continue;
            }
            if (found.size() == MAX_PATHS) {
                found.add("[first " + Shown.count(MAX_PATHS) + " files; narrow the pattern or the path]");
                break;
            }
            found.add(Shown.inOneLine(workspace.show(file)));
        }
        return new ToolResult.Done(
                found.isEmpty()
                        ? "No file matches " + Shown.inOneLine(text) + " in " + Shown.place(workspace, path) + "."
                        : String.join("\n", found));
    }

    /** A model may give the workspace's own absolute path in front. */
    private static String belowRoot(String text, Workspace workspace) {
        String root = workspace.root().toString().replace('\\', '/') + "/";
        return text.startsWith(root) ? text.substring(root.length()) : text;
    }
}
