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
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Finds lines by a regular expression of Java, as {@code path:line:text}. */
final class GrepTool implements PathTool {
    private static final int MAX_CONTEXT = 20;

    private static final ToolSpec SPEC = ToolSpec.of(
                    "grep",
                    Tools.description("grep"),
                    Field.required("pattern", Schema.TEXT, "", "regex", "query", "search_pattern", "search", "text"),
                    Field.optional("path", Schema.TEXT, "", "folder", "dir", "directory", "file", "file_path", "root"),
                    Field.optional("glob", Schema.TEXT, "", "include", "include_pattern", "file_pattern", "files"),
                    Field.optional("ignore_case", Schema.FLAG, "", "case_insensitive", "i"),
                    Field.optional("context", Schema.WHOLE, "", "context_lines", "c"))
            .alsoKnownAs(
                    "search", "grep_search", "ripgrep", "rg", "search_files", "search_file_content", "search_code");

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
        Pattern pattern;
        Glob glob;
        try {
            pattern = Pattern.compile(
                    text, arguments.flag("ignore_case") ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
        } catch (PatternSyntaxException e) {
            return failed(text + " is not a regular expression: " + e.getDescription() + " at character "
                    + (e.getIndex() + 1) + ". To search for the text itself, escape it: " + escaped(text));
        }
        try {
            glob = Glob.of(
                    arguments.optionalText("glob").filter(it -> !it.isBlank()).orElse("**"));
        } catch (PatternSyntaxException e) {
            return failed(arguments.text("glob") + " is not a glob pattern: " + e.getDescription() + ".");
        }
        int around = Math.clamp(arguments.wholeNumber("context").orElse(0), 0, MAX_CONTEXT);
        try (Search search = new Search(workspace, pattern, around)) {
            switch (Target.of(workspace, path)) {
                case Target.File file -> search.file(path);
                case Target.Directory directory -> search.folder(path, glob);
                case Target.Special special -> {
                    return special.toResult(this, Shown.inOneLine(workspace.show(path)));
                }
                case Target.Missing missing -> {
                    return failed(missing.text());
                }
            }
            return new ToolResult.Done(search.answer(text, Shown.place(workspace, path)));
        } catch (StackOverflowError e) {
            return failed(text + " is too complex for the lines it met. Use fewer nested repetitions.");
        }
    }

    private static String escaped(String text) {
        return text.replaceAll("[\\\\^$.|?*+()\\[\\]{}]", "\\\\$0");
    }
}
