package dev.bantam.app.doctor;

import dev.bantam.app.setup.Bounds;
import dev.bantam.app.setup.Configuration;
import dev.bantam.app.setup.Exit;
import dev.bantam.app.setup.FileFaults;
import dev.bantam.app.setup.HasOptions;
import dev.bantam.app.setup.HelpOption;
import dev.bantam.app.setup.Invocation;
import dev.bantam.core.session.MessageJson;
import dev.bantam.core.settings.ConfigException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Looks at all that a session needs, and says what is missing and what to do. Changes and fetches nothing. */
@Command(
        name = "doctor",
        description = "Look at all that a session needs here: settings, model, sandboxes and what they cost. Fetches"
                + " nothing.")
public final class DoctorCommand implements Callable<Integer> {
    private final Invocation invocation;

    @ParentCommand
    private HasOptions cli;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = "--commands",
            paramLabel = "N",
            defaultValue = "20",
            description = "Commands to take the median of in each sandbox. Default: ${DEFAULT-VALUE}.")
    private int commands;

    @Mixin
    private HelpOption help = new HelpOption();

    public DoctorCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Exception {
        Bounds.atLeast("--commands", commands, 1);
        List<Finding> findings = new ArrayList<>();
        SandboxReport sandboxes = new SandboxReport(commands);
        DoctorBasics basics = new DoctorBasics(invocation);
        findings.addAll(basics.machine());
        try {
            Configuration configuration = Configuration.of(cli.options(), invocation);
            findings.addAll(basics.places(configuration));
            findings.addAll(basics.models(configuration));
            sandboxes.look(configuration, invocation.environment());
            findings.addAll(sandboxes.findings());
        } catch (ConfigException e) {
            findings.add(Finding.bad("settings", e.getMessage()));
        } catch (IOException e) {
            findings.add(Finding.bad("files", FileFaults.inWords(e)));
        }
        print(findings, sandboxes);
        return findings.stream().anyMatch(finding -> finding.state() == Finding.State.BAD)
                ? Exit.FAILED
                : Exit.COMPLETED;
    }

    private void print(List<Finding> findings, SandboxReport sandboxes) {
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("findings", findings.stream().map(Finding::asFields).toList());
            fields.put("sandboxes", sandboxes.asFields());
            invocation.out().println(MessageJson.text(fields));
        } else {
            findings.forEach(finding -> invocation.out().println(finding.asLine()));
            invocation.out().print(sandboxes.asTable());
        }
        invocation.out().flush();
    }
}
