package dev.bantam.ext.planact;

import dev.bantam.api.Workspace;
import dev.bantam.api.Workspace.OutsideWorkspaceException;
import dev.bantam.ext.text.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The plan as a file of the workspace, for people to read and change. Somebody else's file is never written over. */
final class PlanFile {
    private static final Pattern STATUS = Pattern.compile("(?im)^status:[ \\t]*(\\w+)[ \\t]*$");
    private static final Pattern TASK = Pattern.compile("(?ims)^task:\\s*(.*?)\\n\\s*\\nstatus:");
    private static final int MOST_NAMES = 100;

    private final Workspace workspace;
    private Path file;

    PlanFile(Workspace workspace, String name) throws IOException {
        this.workspace = workspace;
        try {
            this.file = workspace.resolve(name);
        } catch (OutsideWorkspaceException e) {
            throw new IllegalArgumentException(
                    "plan-act.file is " + name + "; name a file of the workspace: " + e.getMessage(), e);
        }
    }

    String shown() {
        return workspace.show(file);
    }

    boolean exists() {
        return Files.isRegularFile(file);
    }

    /** Writes the plan; under the next free name where another file has this one. */
    void write(Plan plan, boolean approved) throws IOException {
        Path wanted = file;
        for (int i = 2; i < MOST_NAMES && Files.exists(file) && !isPlan(file); i++) {
            file = wanted.resolveSibling(wanted.getFileName().toString().replaceFirst("(\\.[^.]*)?$", "-" + i + "$1"));
        }
        if (Files.exists(file) && !isPlan(file)) {
            throw new IOException(workspace.show(file) + " is no plan of ours");
        }
        String status = approved ? "approved" : "proposed";
        WholeFile.write(
                file, "# Plan\n\nTask: " + plan.task().strip() + "\n\nStatus: " + status + "\n\n" + plan.list() + "\n");
    }

    /** The plan as the file now has it; empty when it has no steps. */
    Optional<Plan> read() throws IOException {
        String text = text(file);
        Matcher status = STATUS.matcher(text);
        String steps = status.find() ? text.substring(status.end()) : text;
        Matcher task = TASK.matcher(text);
        return Plan.in(steps, task.find() ? task.group(1) : "");
    }

    /** Whether somebody has said yes to it: its status is {@code approved}. */
    boolean approved() throws IOException {
        Matcher status = STATUS.matcher(text(file));
        return status.find() && status.group(1).equalsIgnoreCase("approved");
    }

    private static boolean isPlan(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        String text = text(file);
        return text.startsWith("# Plan\n") && STATUS.matcher(text).find();
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
