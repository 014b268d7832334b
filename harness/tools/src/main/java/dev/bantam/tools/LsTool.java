package dev.bantam.tools;

import dev.bantam.api.Arguments;
import dev.bantam.api.Schema;
import dev.bantam.api.Schema.Field;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Lists one folder, ignored names too. */
final class LsTool implements PathTool {
    private static final int MAX_NAMES = 500;

    private static final ToolSpec SPEC = ToolSpec.of(
                    "ls",
                    Tools.description("ls"),
                    Field.optional("path", Schema.TEXT, "", "folder", "dir", "directory", "dir_path", "directory_path"))
            .alsoKnownAs("list", "list_dir", "list_directory", "list_files", "dir", "list_folder");

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public boolean readOnly() {
        return true;
    }

    @Override
    public ToolResult runOn(Path path, Arguments arguments, ToolContext context) throws IOException {
        String shown = Shown.inOneLine(context.workspace().show(path));
        switch (Target.of(context.workspace(), path)) {
            case Target.Missing missing -> {
                return failed(missing.text());
            }
            case Target.File file -> {
                return failed(shown + " is a file. Use read to see it.");
            }
            case Target.Special special -> {
                return failed(shown + " is not a folder.");
            }
            case Target.Directory folder -> {}
        }
        TreeSet<String> names = new TreeSet<>();
        try (Folder opened = Folder.open(context.workspace().root(), path)) {
            for (Map.Entry<String, BasicFileAttributes> entry : opened.entries().entrySet()) {
                names.add(name(path.resolve(entry.getKey()), entry.getValue()));
            }
        }
        if (names.isEmpty()) {
            return new ToolResult.Done("[" + shown + " is empty]");
        }
        List<String> first = names.stream().limit(MAX_NAMES).toList();
        String note = names.size() > MAX_NAMES
                ? "\n[" + MAX_NAMES + " of " + Shown.count(names.size()) + " names; use glob to find others]"
                : "";
        return new ToolResult.Done(String.join("\n", first) + note);
    }

    private static String name(Path entry, BasicFileAttributes attributes) throws IOException {
        String name = Shown.inOneLine(entry.getFileName().toString());
        if (attributes.isSymbolicLink()) {
            return name + " -> " + Shown.inOneLine(Files.readSymbolicLink(entry).toString());
        }
        return attributes.isDirectory() ? name + "/" : name;
    }
}
