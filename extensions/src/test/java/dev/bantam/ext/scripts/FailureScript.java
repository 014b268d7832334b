package dev.bantam.ext.scripts;

import dev.bantam.api.Event.Outcome;
import dev.bantam.testkit.FakeSandbox.Answer;
import dev.bantam.testkit.Slip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A task on which a weak model goes wrong in one way, and what ending well means. */
public final class FailureScript {
    private static final int USUAL_WINDOW = 32_768;

    private final String name;
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, String> config = new LinkedHashMap<>();
    private final Map<String, String> trusted = new LinkedHashMap<>();
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final List<Prompt> prompts = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private Function<Path, Function<String, Answer>> commands = root -> line -> new Answer(0, "ok\n");
    private Outcome outcome = Outcome.COMPLETED;
    private int window = USUAL_WINDOW;

    private FailureScript(String name) {
        this.name = name;
    }

    /** What a person asks, in a session of its own, and how the model goes about it. */
    record Prompt(String text, List<Slip> slips) {}

    /** What must hold at the end. */
    @FunctionalInterface
    interface Check {
        boolean holds(Played played) throws IOException;
    }

    /** @param name a sentence about the model */
    public static FailureScript named(String name) {
        return new FailureScript(name);
    }

    /** A file that is there at the start. */
    public FailureScript file(String path, String content) {
        files.put(path, content);
        return this;
    }

    /** A file in the folder of the user's settings. */
    public FailureScript config(String path, String content) {
        config.put(path, content);
        return this;
    }

    /** A file by which the project changes how Bantam behaves, and which the user trusts. */
    public FailureScript trusted(String path, String content) {
        trusted.put(path, content);
        return file(path, content);
    }

    /** Holds as long as the extension that it belongs to is on. */
    public FailureScript set(String key, Object value) {
        settings.put(key, value);
        return this;
    }

    public FailureScript window(int tokens) {
        window = tokens;
        return this;
    }

    /** What commands do, given the workspace. Called anew for every play. */
    public FailureScript commands(Function<Path, Function<String, Answer>> answers) {
        commands = answers;
        return this;
    }

    /** A new session, which this prompt begins. */
    public FailureScript asks(String prompt, Slip... slips) {
        prompts.add(new Prompt(prompt, List.of(slips)));
        return this;
    }

    /** The last run must end so; else it must be completed. */
    public FailureScript ends(Outcome how) {
        outcome = how;
        return this;
    }

    /** The file must have exactly this content in the end. */
    public FailureScript leaves(String path, String content) {
        return checked(played -> {
            Path file = played.root().resolve(path);
            return Files.exists(file) && Files.readString(file).equals(content);
        });
    }

    /** There must be no such file in the end. */
    public FailureScript leavesNo(String path) {
        return checked(played -> Files.notExists(played.root().resolve(path)));
    }

    /** No command with this in it may ever have been run. */
    public FailureScript neverRuns(String part) {
        return checked(played -> played.commands().stream().noneMatch(line -> line.contains(part)));
    }

    /** The command must have been run so often, no more and no less. */
    public FailureScript runs(String command, int times) {
        return checked(
                played -> played.commands().stream().filter(command::equals).count() == times);
    }

    /** No request may ever have held this. */
    public FailureScript neverSends(String secret) {
        return checked(played -> played.requests().stream().noneMatch(request -> request.contains(secret)));
    }

    /** All runs together may have taken no more turns. */
    public FailureScript within(int turns) {
        return checked(played -> played.turns() <= turns);
    }

    /** The model must have come to the end of its script by itself. */
    public FailureScript throughout() {
        return checked(Played::recovered);
    }

    /** Nobody may have objected to anything: this is honest work. */
    public FailureScript undisturbed() {
        return throughout().checked(played -> played.objections().isEmpty());
    }

    FailureScript checked(Check check) {
        checks.add(check);
        return this;
    }

    /** Whether a play of this script ended well. */
    public boolean endedWell(Played played) throws IOException {
        for (Check check : checks) {
            if (!check.holds(played)) {
                return false;
            }
        }
        return played.outcome() == outcome;
    }

    public String name() {
        return name;
    }

    Map<String, String> files() {
        return files;
    }

    Map<String, String> config() {
        return config;
    }

    Map<String, String> trusted() {
        return trusted;
    }

    Map<String, Object> settings() {
        return settings;
    }

    List<Prompt> prompts() {
        return prompts;
    }

    int window() {
        return window;
    }

    Function<String, Answer> commands(Path root) {
        return commands.apply(root);
    }

    @Override
    public String toString() {
        return name;
    }
}
