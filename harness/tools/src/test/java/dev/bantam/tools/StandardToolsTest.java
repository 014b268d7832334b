package dev.bantam.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Arguments;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolSpec;
import dev.bantam.testkit.FakeSandbox;
import dev.bantam.testkit.ToolContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StandardToolsTest {
    private static final List<Tool> TOOLS = Tools.standard();

    /** All seven together, as compact JSON. Every character is paid for in every request. */
    private static final int MAX_SCHEMA_CHARS = 2600;

    @Test
    void areSeven() {
        assertThat(TOOLS)
                .extracting(tool -> tool.spec().name())
                .containsExactly("read", "write", "edit", "bash", "grep", "glob", "ls");
    }

    @Test
    void sayWhichOfThemChangeNothing() {
        assertThat(TOOLS)
                .filteredOn(Tool::readOnly)
                .extracting(tool -> tool.spec().name())
                .containsExactly("read", "grep", "glob", "ls");
    }

    @Test
    void costFewTokens() {
        String all = TOOLS.stream()
                .map(Tool::spec)
                .map(spec -> json(Map.of(
                        "type",
                        "function",
                        "function",
                        Map.of(
                                "name",
                                spec.name(),
                                "description",
                                spec.description(),
                                "parameters",
                                spec.parameters().toJsonSchema()))))
                .collect(Collectors.joining(",", "[", "]"));

        assertThat(all.length()).as(all).isLessThanOrEqualTo(MAX_SCHEMA_CHARS);
    }

    @Test
    void answerToTheNamesThatOtherAgentsUseAndNoTwoToOne() {
        for (String called : List.of(
                "read_file read",
                "view read",
                "cat read",
                "open_file read",
                "write_file write",
                "create_file write",
                "str_replace edit",
                "str_replace_editor edit",
                "str_replace_based_edit_tool edit",
                "replace edit",
                "search_replace edit",
                "edit_file edit",
                "run_command bash",
                "shell bash",
                "execute_command bash",
                "terminal bash",
                "execute_bash bash",
                "search grep",
                "grep_search grep",
                "ripgrep grep",
                "search_files grep",
                "find glob",
                "find_files glob",
                "glob_search glob",
                "file_search glob",
                "list ls",
                "list_dir ls",
                "list_directory ls",
                "list_files ls",
                "readFile read",
                "Bash bash")) {
            String[] words = called.split(" ");
            assertThat(TOOLS)
                    .filteredOn(tool -> tool.spec().answersTo(words[0]))
                    .extracting(tool -> tool.spec().name())
                    .as(words[0])
                    .containsExactly(words[1]);
        }
    }

    @Test
    void takeTheArgumentNamesThatOtherAgentsUse() {
        for (String called : List.of(
                "read file_path path",
                "read filePath path",
                "read filename path",
                "write file path",
                "write text content",
                "write contents content",
                "write file_text content",
                "write file_content content",
                "edit old_string old_text",
                "edit oldText old_text",
                "edit old_str old_text",
                "edit search old_text",
                "edit new_string new_text",
                "edit newText new_text",
                "edit new_str new_text",
                "edit replace new_text",
                "edit replaceAll replace_all",
                "bash cmd command",
                "bash script command",
                "bash timeout timeout_s",
                "bash timeout_seconds timeout_s",
                "grep regex pattern",
                "grep query pattern",
                "grep search_pattern pattern",
                "glob query pattern")) {
            String[] words = called.split(" ");
            ToolSpec spec = TOOLS.stream()
                    .map(Tool::spec)
                    .filter(it -> it.name().equals(words[0]))
                    .findFirst()
                    .orElseThrow();
            assertThat(spec.field(words[1]))
                    .as(called)
                    .hasValueSatisfying(field -> assertThat(field.name()).isEqualTo(words[2]));
        }
    }

    private static String json(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> json(entry.getKey()) + ":" + json(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case Collection<?> list ->
                list.stream().map(StandardToolsTest::json).collect(Collectors.joining(",", "[", "]"));
            default -> "\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        };
    }

    private abstract static class Contract extends ToolContract {
        private final String name;
        private final Arguments example;

        Contract(String name, Object... example) {
            this.name = name;
            this.example = Arguments.of(example);
        }

        @Override
        protected Tool tool() {
            return Tools.standard().stream()
                    .filter(tool -> tool.spec().name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        protected ToolContext contextFor(Path workspace, Path scratch) throws IOException {
            return new ToolContext(LocalWorkspace.at(workspace), new FakeSandbox(), scratch);
        }

        @Override
        protected Arguments example() {
            return example;
        }
    }

    @Nested
    class Read extends Contract {
        Read() {
            super("read", "path", "src/Main.txt", "offset", 1, "limit", 10);
        }
    }

    @Nested
    class Write extends Contract {
        Write() {
            super("write", "path", "src/New.txt", "content", "new\n");
        }
    }

    @Nested
    class Edit extends Contract {
        Edit() {
            super("edit", "path", "src/Main.txt", "old_text", "hello", "new_text", "hi", "replace_all", true);
        }
    }

    @Nested
    class Bash extends Contract {
        Bash() {
            super("bash", "command", "echo hello", "timeout_s", 5);
        }
    }

    @Nested
    class Grep extends Contract {
        Grep() {
            super("grep", "pattern", "hel+o", "path", "src", "glob", "*.txt", "ignore_case", true, "context", 1);
        }
    }

    @Nested
    class Glob extends Contract {
        Glob() {
            super("glob", "pattern", "**/*.txt", "path", "src");
        }
    }

    @Nested
    class Ls extends Contract {
        Ls() {
            super("ls", "path", "src");
        }
    }
}
