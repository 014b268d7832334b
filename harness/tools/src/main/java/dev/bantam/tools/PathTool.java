package dev.bantam.tools;

import dev.bantam.api.Arguments;
import dev.bantam.api.Schema;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.Workspace.OutsideWorkspaceException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;

/** A tool whose argument {@code path} names something in the workspace. What goes wrong there becomes words. */
sealed interface PathTool extends Tool permits ReadTool, WriteTool, EditTool, GrepTool, GlobTool, LsTool {

    /** @param path what the model named, inside the workspace; the workspace's root when it named nothing */
    ToolResult runOn(Path path, Arguments arguments, ToolContext context) throws IOException, InterruptedException;

    @Override
    default ToolResult run(Arguments arguments, ToolContext context) throws InterruptedException {
        String name = arguments.optionalText("path").orElse("");
        if (name.isBlank() && spec().field("path").stream().noneMatch(Schema.Field::required)) {
            name = "."; // small models fill in every argument, if only with nothing
        }
        try {
            Path path = context.workspace().resolve(name);
            return runOn(path, arguments, context);
        } catch (OutsideWorkspaceException e) {
            return refused(e.getMessage());
        } catch (ClosedByInterruptException e) {
            Thread.interrupted(); // the exception says so from here on
            throw new InterruptedException(spec().name() + " was cancelled");
        } catch (IOException e) {
            return failed(Faults.inWords(Shown.inOneLine(name), e));
        }
    }

    default ToolResult refused(String text) {
        return new ToolResult.Refused(
                spec().name() + " refused: " + text + (readOnly() ? "" : " Nothing was changed."));
    }

    default ToolResult failed(String text) {
        return new ToolResult.Failed(spec().name() + " failed: " + text + (readOnly() ? "" : " Nothing was changed."));
    }
}
