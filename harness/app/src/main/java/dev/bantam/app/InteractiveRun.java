package dev.bantam.app;

import dev.bantam.api.EventListener;
import dev.bantam.app.models.ModelChoice;
import dev.bantam.app.sandbox.SandboxChoice;
import dev.bantam.app.sandbox.SandboxSearch;
import dev.bantam.app.sandbox.Sandboxes;
import dev.bantam.app.sessions.SessionChoice;
import dev.bantam.app.setup.Configuration;
import dev.bantam.app.setup.Invocation;
import dev.bantam.app.setup.Notices;
import dev.bantam.app.setup.RunOptions;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.core.trust.ProjectInputs;
import dev.bantam.core.trust.TrustStore;
import dev.bantam.core.trust.UnconfinedProjects;
import dev.bantam.model.discovery.Found;
import dev.bantam.tui.Ink;
import dev.bantam.tui.Shell;
import dev.bantam.tui.Terminals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jline.terminal.Terminal;

/** An interactive session: asks what must be asked, then hands the terminal to the shell. */
final class InteractiveRun {
    private final Invocation invocation;
    private final RunOptions options;
    private Configuration configuration;

    InteractiveRun(Invocation invocation, Configuration configuration, RunOptions options) {
        this.invocation = invocation;
        this.configuration = configuration;
        this.options = options;
    }

    /** @return the exit code */
    int run(String prompt) throws Exception {
        if (!invocation.terminalIn() || !invocation.terminalOut()) {
            throw new ConfigException("an interactive session needs a terminal. For a script use: bantam -p \"…\"");
        }
        SandboxSearch search = SandboxSearch.start(configuration, invocation.environment());
        search.beside(() -> {
            WantedTools.check(configuration);
            return true;
        });
        try (Terminal terminal = Terminals.open()) {
            SessionDriver driver = new SessionDriver(Thread.currentThread());
            Path history = configuration.places().data().resolve("history");
            Files.createDirectories(history.getParent());
            Shell shell = new Shell(
                    terminal, driver, Ink.wanted(invocation.environment()), history, configuration.workspace());
            askForTrust(shell);
            ModelChoice choice =
                    new ModelChoice(configuration.settings(), configuration.places(), invocation.environment());
            choice.keepPrefixes(!options.noSession);
            ModelChoice.Chosen chosen = search.beside(() -> choice.open(found -> which(shell, found)));
            SandboxChoice sandbox = askForPlainProcesses(shell, search.found(chosen.model()::close));
            chosen.notice().ifPresent(shell::say);
            Notices.untrusted(configuration).ifPresent(notice -> shell.say(notice + "."));
            EventListener listener = shell.listener();
            try (Wiring wiring = Wiring.start(
                            configuration,
                            chosen,
                            sandbox,
                            () -> SessionChoice.of(options, configuration),
                            listener,
                            Optional.of(shell::choose));
                    driver) {
                wiring.problems().forEach(shell::say);
                driver.drive(wiring);
                return prompt.isBlank() ? shell.loop() : shell.loop(Optional.of(prompt));
            }
        }
    }

    private void askForTrust(Shell shell) throws ConfigException, IOException {
        if (configuration.untrusted().isEmpty()) {
            return;
        }
        ProjectInputs inputs = ProjectInputs.of(configuration.workspace());
        String files = String.join(", ", inputs.files().stream().limit(8).toList());
        boolean usable = !inputs.digest().isEmpty();
        if (usable
                && shell.confirm("This project brings its own settings (" + files
                        + "). They can change what Bantam does here. Use them from now on?")) {
            new TrustStore(configuration.places().trust()).trust(configuration.workspace(), inputs);
            configuration = Configuration.of(options, invocation);
        }
    }

    /** Asked once a project: the answer is kept, and a sandbox is taken all the same when there is one. */
    private SandboxChoice askForPlainProcesses(Shell shell, SandboxChoice possible)
            throws ConfigException, IOException {
        if (!possible.isRefused()) {
            return possible;
        }
        if (Sandboxes.answer(configuration).isPresent()) {
            shell.say(possible.refusal() + ".");
            return possible;
        }
        Optional<Boolean> answer = shell.decide(
                "No sandbox can be had here; bantam doctor tells why. Run this project's commands without one"
                        + " from now on? They could read, change and send whatever you can. If not, they are refused;"
                        + " editing works all the same.");
        if (answer.isEmpty()) {
            shell.say(possible.refusal() + ".");
            return possible;
        }
        new UnconfinedProjects(configuration.places().unconfined()).keep(configuration.workspace(), answer.get());
        return answer.get() ? possible.orPlain() : possible;
    }

    /** Asked once: the answer is kept, and holds as long as the model is still found. */
    private Optional<Found> which(Shell shell, List<Found> found) {
        Path kept = configuration.places().data().resolve("chosen-model");
        try {
            String earlier = Files.exists(kept) ? Files.readString(kept).strip() : "";
            Optional<Found> same =
                    found.stream().filter(each -> each.ref().equals(earlier)).findFirst();
            if (same.isPresent()) {
                return same;
            }
            List<String> lines = Stream.concat(
                            found.stream().map(each -> each.ref() + "  " + each.description()),
                            Stream.of("the small model in the box, to look around"))
                    .toList();
            Optional<Found> chosen = shell.choose("No model is configured. On this machine there are:", lines)
                    .filter(index -> index < found.size())
                    .map(found::get);
            if (chosen.isPresent()) {
                Files.writeString(kept, chosen.get().ref() + "\n");
            }
            return chosen;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the choice of a model cannot be kept in " + kept, e);
        }
    }
}
