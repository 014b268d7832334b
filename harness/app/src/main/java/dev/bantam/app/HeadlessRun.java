package dev.bantam.app;

import dev.bantam.api.Event;
import dev.bantam.api.EventListener;
import dev.bantam.api.Part;
import dev.bantam.app.models.ModelChoice;
import dev.bantam.app.sandbox.SandboxChoice;
import dev.bantam.app.sandbox.SandboxSearch;
import dev.bantam.app.sessions.SessionChoice;
import dev.bantam.app.setup.AppSettings;
import dev.bantam.app.setup.Configuration;
import dev.bantam.app.setup.Exit;
import dev.bantam.app.setup.Invocation;
import dev.bantam.app.setup.JsonLines;
import dev.bantam.app.setup.Notices;
import dev.bantam.app.setup.RunOptions;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.tui.Clean;
import dev.bantam.tui.ProgressLines;
import java.util.List;
import java.util.Optional;

/** One prompt, run to its end: the answer, or the events, on standard output. */
final class HeadlessRun {
    private final Invocation invocation;
    private final Configuration configuration;
    private final RunOptions options;
    private final boolean json;

    HeadlessRun(Invocation invocation, Configuration configuration, RunOptions options, boolean json) {
        this.invocation = invocation;
        this.configuration = configuration;
        this.options = options;
        this.json = json;
    }

    /** @return the exit code */
    int run(String asked) throws Exception {
        SandboxSearch search = SandboxSearch.start(configuration, invocation.environment());
        String piped = search.beside(() -> piped(asked));
        ModelChoice.Chosen chosen = search.beside(this::openModel);
        SandboxChoice sandbox = search.found(chosen.model()::close);
        chosen.notice().ifPresent(invocation::say);
        Notices.untrusted(configuration).ifPresent(invocation::say);
        Optional<ProgressLines> progress = json || !invocation.terminalErr()
                ? Optional.empty()
                : Optional.of(ProgressLines.on(invocation.err(), invocation.environment()));
        EventListener listener = json
                ? new JsonLines(invocation.out())
                : progress.<EventListener>map(p -> p).orElse(e -> {});
        try (Wiring wiring = Wiring.start(
                configuration,
                chosen,
                sandbox,
                () -> SessionChoice.of(options, configuration),
                listener,
                Optional.empty())) {
            wiring.problems().forEach(invocation::say);
            String words = new PromptCommand(wiring.agent().commands()).words(asked);
            String prompt = new Mentions(wiring.workspace()).expand(words); // what was piped in mentions nothing
            Event.RunFinished finished =
                    wiring.agent().run(List.of(new Part.Text((prompt + "\n\n" + piped.stripTrailing()).strip())));
            progress.ifPresent(ProgressLines::close);
            if (wiring.refusedCommands()) {
                invocation.say(sandbox.refusal());
            }
            return report(finished);
        }
    }

    private String piped(String asked) throws Exception {
        WantedTools.check(configuration);
        int wait = asked.isBlank() ? 0 : configuration.settings().get(AppSettings.STDIN_WAIT);
        String piped = PipedInput.read(invocation, wait);
        if (asked.isBlank() && piped.isBlank()) {
            throw new ConfigException("there is no prompt: give one with -p \"…\", or pipe it in");
        }
        return piped;
    }

    private ModelChoice.Chosen openModel() throws Exception {
        ModelChoice choice =
                new ModelChoice(configuration.settings(), configuration.places(), invocation.environment());
        choice.keepPrefixes(!options.noSession);
        return choice.open(found -> Optional.of(found.getFirst()));
    }

    private int report(Event.RunFinished finished) {
        if (!json && !finished.answer().isEmpty()) {
            String shown = invocation.terminalOut() ? Clean.text(finished.answer()) : finished.answer();
            invocation.out().print(shown + "\n");
        }
        if (finished.outcome() != Event.Outcome.COMPLETED) {
            invocation.say(finished.outcome().word() + ": " + finished.reason());
        }
        if (invocation.out().checkError()) {
            invocation.say("standard output could not be written: what was to be read there is lost");
            return Math.max(Exit.FAILED, Exit.of(finished.outcome()));
        }
        return Exit.of(finished.outcome());
    }
}
