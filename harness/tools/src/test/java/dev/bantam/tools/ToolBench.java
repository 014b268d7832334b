package dev.bantam.tools;

import dev.bantam.api.Arguments;
import dev.bantam.api.Sandbox;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.testkit.FakeSandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A workspace with the standard tools, for tests. */
final class ToolBench {
    final Path root;
    final Path scratch;
    private final List<Tool> tools = Tools.standard();
    private final ToolContext context;

    ToolBench(Path temporary, Sandbox sandbox) throws IOException {
        LocalWorkspace workspace = LocalWorkspace.at(Files.createDirectories(temporary.resolve("workspace")));
        root = workspace.root();
        scratch = temporary.resolve("scratch");
        context = new ToolContext(workspace, sandbox, scratch);
    }

    ToolBench(Path temporary) throws IOException {
        this(temporary, new FakeSandbox());
    }

    ToolContext context() {
        return context;
    }

    Tool tool(String name) {
        return tools.stream()
                .filter(tool -> tool.spec().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    ToolResult call(String name, Object... namesAndValues) throws IOException, InterruptedException {
        return tool(name).run(Arguments.of(namesAndValues), context);
    }

    String text(String name, Object... namesAndValues) throws IOException, InterruptedException {
        return call(name, namesAndValues).content();
    }

    Path file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Path file(String name, byte[] content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }
}
