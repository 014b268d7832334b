package dev.bantam.ext.memorybank;

import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.ToolResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is known of the task that goes on. */
final class Notes {
    private static final int TASK = 1_000; // characters
    private static final int ANSWER = 1_500;
    private static final int FAILURE = 600;
    private static final int FILES = 40;

    private final Set<String> changed = new LinkedHashSet<>();
    private String task = "";
    private String answer = "";
    private String failure = "";
    private String outcome = "running";

    /** Another prompt of the same session: its files stay of interest. */
    void begin(String prompt) {
        task = prompt;
        answer = "";
        failure = "";
        outcome = "running";
    }

    void turnEnded(Hooks.Turn turn) {
        answer = turn.reply().text().isBlank() ? answer : turn.reply().text().strip();
        for (Message.ToolReply reply : turn.results()) {
            changed.addAll(reply.result().effectsOrNone().changed());
            switch (reply.result()) {
                case ToolResult.Done done -> failure = "";
                case ToolResult.Failed failed -> failure = reply.tool() + ": " + end(failed.content(), FAILURE);
                case ToolResult.Refused refused -> {} // nothing ran
            }
        }
    }

    void end(String how) {
        outcome = how;
    }

    String task() {
        return task;
    }

    String outcome() {
        return outcome;
    }

    /** The newest names. */
    List<String> changed() {
        List<String> all = new ArrayList<>(changed);
        return all.subList(Math.max(0, all.size() - FILES), all.size());
    }

    /** The file {@code activeContext.md}. */
    String file() {
        StringBuilder text = new StringBuilder("# Active context\n\n## Task\n");
        text.append(start(task, TASK)).append("\n\n## State\n").append(outcome).append('\n');
        section(text, "Last answer", start(answer, ANSWER));
        section(
                text,
                "Changed files",
                changed().stream().map(name -> "- " + name).collect(Collectors.joining("\n")));
        section(text, "What failed last", failure);
        return text.toString();
    }

    private static void section(StringBuilder text, String title, String body) {
        if (!body.isBlank()) {
            text.append("\n## ").append(title).append('\n').append(body).append('\n');
        }
    }

    private static String start(String text, int most) {
        String stripped = text.strip();
        return stripped.length() > most ? stripped.substring(0, most) + " …" : stripped;
    }

    private static String end(String text, int most) {
        String stripped = text.strip();
        return stripped.length() > most ? "… " + stripped.substring(stripped.length() - most) : stripped;
    }
}
