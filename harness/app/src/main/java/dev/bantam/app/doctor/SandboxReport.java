package dev.bantam.app.doctor;

import dev.bantam.api.Sandbox;
import dev.bantam.app.sandbox.SandboxChoice;
import dev.bantam.app.sandbox.Sandboxes;
import dev.bantam.app.sessions.Scratch;
import dev.bantam.app.setup.Configuration;
import dev.bantam.app.setup.SandboxSettings;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.sandbox.Confinement;
import dev.bantam.sandbox.docker.Engine;
import dev.bantam.sandbox.docker.EngineFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Tries every kind of sandbox, with a few commands that do nothing, and tells what each costs and where it is weaker. */
final class SandboxReport {
    private static final List<String> KINDS = List.of("none", "bubblewrap", "docker");

    private final int commands;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Latency> latencies = new LinkedHashMap<>();

    SandboxReport(int commands) {
        this.commands = commands;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    void look(Configuration configuration, Map<String, String> environment)
            throws ConfigException, IOException, InterruptedException {
        Confinement confinement = SandboxSettings.confinement(configuration, environment);
        engine(environment);
        for (String kind : KINDS) {
            try {
                SandboxChoice choice = kind.equals("none")
                        ? new SandboxChoice(kind, confinement, Optional.empty(), "")
                        : Sandboxes.choice(kind, configuration, confinement);
                latencies.put(kind, measure(choice, configuration));
                findings.add(Finding.good(kind, works(choice) + weaker(kind)));
            } catch (IOException e) {
                findings.add(Finding.weak(kind, "cannot be had: " + e.getMessage()));
            }
        }
        findings.add(used(configuration, environment));
    }

    private void engine(Map<String, String> environment) {
        try (Engine engine = Engine.find(environment)) {
            EngineFacts facts = engine.facts();
            findings.add(Finding.good(
                    "engine",
                    "%s at %s, %s, cgroup %s, %s%s"
                            .formatted(
                                    facts.version(),
                                    engine.address(),
                                    facts.system(),
                                    facts.cgroup().isEmpty() ? "unknown" : "v" + facts.cgroup(),
                                    facts.storage(),
                                    facts.rootless() ? ", rootless" : "")));
            facts.weaknesses().forEach(sentence -> findings.add(Finding.weak("engine", sentence)));
        } catch (IOException e) {
            findings.add(Finding.weak("engine", e.getMessage()));
        }
    }

    private Latency measure(SandboxChoice choice, Configuration configuration)
            throws IOException, ConfigException, InterruptedException {
        Path folder = configuration.places().scratch().resolve("doctor-" + UUID.randomUUID());
        try (Scratch scratch = new Scratch(folder, false)) {
            Sandbox sandbox = choice.open(scratch.folder());
            return Latency.of(sandbox, configuration.workspace(), commands);
        }
    }

    private static String works(SandboxChoice choice) {
        return choice.container()
                .map(options -> "works, with the image " + options.image())
                .orElse("works");
    }

    /** The whole table stands in sandbox/README.md. */
    private static String weaker(String kind) {
        return switch (kind) {
            case "none" -> "; confines nothing: commands can do whatever you can";
            case "bubblewrap" ->
                "; weaker than docker: memory is watched, and limited by the kernel only where"
                        + " control groups can be made; the system's own programs are seen";
            default -> "";
        };
    }

    private Finding used(Configuration configuration, Map<String, String> environment) throws InterruptedException {
        try {
            SandboxChoice choice = Sandboxes.choose(configuration, environment);
            return choice.isRefused()
                    ? Finding.bad("sandbox", choice.refusal())
                    : Finding.good("sandbox", "commands run in: " + choice.kind());
        } catch (ConfigException e) {
            return Finding.bad("sandbox", e.getMessage());
        }
    }

    String asTable() {
        StringBuilder table = new StringBuilder();
        if (!latencies.isEmpty()) {
            table.append("\n| Sandbox | start and first command | a command, p50 | against none | close |\n");
            table.append("|---|---|---|---|---|\n");
            double plain = latencies.get("none") == null
                    ? Double.NaN
                    : latencies.get("none").commandMillis();
            latencies.forEach((kind, latency) -> table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f ms | %.1f ms | %.1f × | %.0f ms |%n",
                    kind,
                    latency.firstMillis(),
                    latency.commandMillis(),
                    latency.commandMillis() / plain,
                    latency.closeMillis())));
        }
        return table.toString();
    }

    Map<String, Object> asFields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        latencies.forEach((kind, latency) -> fields.put(
                kind,
                Map.of(
                        "first_ms", latency.firstMillis(),
                        "command_p50_ms", latency.commandMillis(),
                        "close_ms", latency.closeMillis())));
        return fields;
    }
}
