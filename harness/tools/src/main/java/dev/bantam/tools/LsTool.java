package dev.bantam.tools;

import dev.bantam.api.Arguments;
import dev.bantam.api.Schema;
import dev.bantam.api.Schema.Field;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
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
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                names.add(name(entry));
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

    private static String name(Path entry) throws IOException {
        String name = Shown.inOneLine(entry.getFileName().toString());
        if (Files.isSymbolicLink(entry)) {
            return name + " -> " + Shown.inOneLine(Files.readSymbolicLink(entry).toString());
        }
        return Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) ? name + "/" : name;
    }
}
