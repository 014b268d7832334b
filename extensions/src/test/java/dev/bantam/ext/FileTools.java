package dev.bantam.ext;

import dev.bantam.api.Arguments;
import dev.bantam.api.Sandbox;
import dev.bantam.api.Schema;
import dev.bantam.api.Schema.Field;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolResult.Effects;
import dev.bantam.api.ToolSpec;
import dev.bantam.api.Workspace.OutsideWorkspaceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/** The least of the product's tools: same names and arguments, real files, no tolerance. */
public final class FileTools {
    public static final ToolSpec READ = ToolSpec.of(
                    "read",
                    "Reads a file.",
                    Field.required("path", Schema.TEXT, "", "file_path", "filename"),
                    Field.optional("offset", Schema.WHOLE, ""),
                    Field.optional("limit", Schema.WHOLE, "", "max_lines"))
            .alsoKnownAs("read_file", "view");
    public static final ToolSpec WRITE = ToolSpec.of(
                    "write",
                    "Makes a new file.",
                    Field.required("path", Schema.TEXT, "", "file_path", "filename"),
                    Field.required("content", Schema.TEXT, "", "text"))
            .alsoKnownAs("write_file", "create_file");
    public static final ToolSpec EDIT = ToolSpec.of(
            "edit",
            "Replaces a text in a file.",
            Field.required("path", Schema.TEXT, "", "file_path"),
            Field.required("old_text", Schema.TEXT, "", "old_string"),
            Field.required("new_text", Schema.TEXT, "", "new_string"),
            Field.optional("replace_all", Schema.FLAG, ""));
    public static final ToolSpec BASH = ToolSpec.of(
            "bash",
            "Runs a command.",
            Field.required("command", Schema.TEXT, "", "cmd"),
            Field.optional("timeout_s", Schema.WHOLE, ""));
    public static final List<ToolSpec> SPECS = List.of(READ, WRITE, EDIT, BASH);

    private FileTools() {}

    public static List<Tool> all() {
        return List.of(
                new Simple(READ, FileTools::read),
                new Simple(WRITE, FileTools::write),
                new Simple(EDIT, FileTools::edit),
                new Simple(BASH, FileTools::bash));
    }

    private static ToolResult read(Arguments arguments, ToolContext context) throws Exception {
        String shown = arguments.text("path");
        Path file = context.workspace().resolve(shown);
        return Files.exists(file)
                ? new ToolResult.Done(Files.readString(file), Effects.reading(shown))
                : new ToolResult.Failed("read failed: there is no " + shown);
    }

    private static ToolResult write(Arguments arguments, ToolContext context) throws Exception {
        Path file = context.workspace().resolve(arguments.text("path"));
        try {
            Files.createDirectories(file.getParent());
            Files.write(
                    file,
                    arguments.text("content").getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
            return new ToolResult.Done("written", Effects.changing(arguments.text("path")));
        } catch (FileAlreadyExistsException e) {
            return new ToolResult.Refused("the tool's own refusal");
        }
    }

    private static ToolResult edit(Arguments arguments, ToolContext context) throws Exception {
        Path file = context.workspace().resolve(arguments.text("path"));
        String before = Files.readString(file);
        String old = arguments.text("old_text");
        if (!before.contains(old)) {
            return new ToolResult.Refused("edit refused: no such text");
        }
        Files.writeString(file, before.replace(old, arguments.text("new_text")));
        return new ToolResult.Done("edited", Effects.changing(arguments.text("path")));
    }

    private static ToolResult bash(Arguments arguments, ToolContext context) throws Exception {
        Sandbox.Command command = new Sandbox.Command(
                arguments.text("command"),
                context.workspace().root(),
                Duration.ofSeconds(arguments.wholeNumber("timeout_s").orElse(30)));
        StringBuilder output = new StringBuilder();
        Sandbox.Outcome outcome =
                context.sandbox().run(command, bytes -> output.append(StandardCharsets.UTF_8.decode(bytes)));
        return outcome instanceof Sandbox.Outcome.Exited(int code, Duration took) && code != 0
                ? new ToolResult.Failed(output + "\nexit code " + code)
                : new ToolResult.Done(output.toString());
    }

    @FunctionalInterface
    private interface Work {
        ToolResult run(Arguments arguments, ToolContext context) throws Exception;
    }

    private record Simple(ToolSpec spec, Work work) implements Tool {
        @Override
        public boolean readOnly() {
            return spec.equals(READ);
        }

        @Override
        public ToolResult run(Arguments arguments, ToolContext context) throws IOException, InterruptedException {
            try {
                return work.run(arguments, context);
            } catch (OutsideWorkspaceException e) {
                return new ToolResult.Refused(e.getMessage());
            } catch (IOException | InterruptedException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
