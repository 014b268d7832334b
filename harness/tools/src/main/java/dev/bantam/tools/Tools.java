package dev.bantam.tools;

import dev.bantam.api.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The tools that every session has. */
public final class Tools {
    private Tools() {}

    /** read, write, edit, bash, grep, glob, ls, for one session. Changes that they make to one file wait for each other. */
    public static List<Tool> standard() {
        FileLocks locks = new FileLocks();
        return List.of(
                new ReadTool(),
                new WriteTool(locks),
                new EditTool(locks),
                new BashTool(),
                new GrepTool(),
                new GlobTool(),
                new LsTool());
    }

    /** What the model is told of a tool: the text of {@code NAME.md} beside this class. */
    static String description(String tool) {
        try (InputStream in = Tools.class.getResourceAsStream(tool + ".md")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
