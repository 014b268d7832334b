package example;

import dev.bantam.api.Arguments;
import dev.bantam.api.CallVerdict;
import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Part;
import dev.bantam.api.Schema;
import dev.bantam.api.Setting;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import dev.bantam.api.Workspace.OutsideWorkspaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Keeps unfinished work out of new files, and brings a tool that finds what is there already. */
public final class NoTodo implements Extension {
    private static final Setting<String> WORD = Setting.text("no-todo.word", "TODO", "The word that marks unfinished work.");

    @Override
    public String name() {
        return "no-todo";
    }

    @Override
    public String summary() {
        return "Refuses to write files with a TODO in them.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(WORD);
    }

    @Override
    public Hooks open(ExtensionContext context) {
        return new NoTodoHooks(context.setting(WORD));
    }

    /** One session's hooks. What they remember belongs here, never into static fields. */
    private record NoTodoHooks(String word) implements Hooks {
        @Override
        public List<Tool> tools() {
            return List.of(new FindTodos(word));
        }

        @Override
        public CallVerdict judgeCall(Part.ToolCall call) {
            boolean unfinished = call.tool().equals("write")
                    && call.arguments().optionalText("content").orElse("").contains(word);
            return unfinished
                    ? new CallVerdict.Refuse(
                            "write refused: the content has a " + word + " in it. Nothing was written. Write the file"
                                    + " again with that part done.",
                            "unfinished content")
                    : CallVerdict.ALLOW;
        }
    }

    /** The tool {@code todos}. */
    private record FindTodos(String word) implements Tool {
        @Override
        public ToolSpec spec() {
            return ToolSpec.of(
                    "todos",
                    "Lists the lines of a file that have a " + word + " in them.",
                    Schema.Field.required("path", Schema.TEXT, "", "file", "file_path"));
        }

        @Override
        public boolean readOnly() {
            return true;
        }

        @Override
        public ToolResult run(Arguments arguments, ToolContext context) throws IOException {
            try {
                Path file = context.workspace().resolve(arguments.text("path"));
                String shown = context.workspace().show(file);
                if (!Files.isRegularFile(file)) {
                    return new ToolResult.Failed("todos failed: there is no file " + shown + ". Use glob to find it.");
                }
                List<String> found = Files.readAllLines(file).stream()
                        .filter(line -> line.contains(word))
                        .toList();
                String text = found.isEmpty() ? "none in " + shown : String.join("\n", found);
                return new ToolResult.Done(text, ToolResult.Effects.reading(shown));
            } catch (OutsideWorkspaceException e) {
                return new ToolResult.Refused(e.getMessage());
            }
        }
    }
}
