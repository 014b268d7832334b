package dev.bantam.app.sandbox;

import dev.bantam.app.setup.AppSettings;
import dev.bantam.app.setup.Configuration;
import dev.bantam.app.setup.FileFaults;
import dev.bantam.app.setup.SandboxSettings;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.core.trust.UnconfinedProjects;
import dev.bantam.sandbox.Bubblewrap;
import dev.bantam.sandbox.Confinement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out which sandboxes can be had here, and which one a run gets. Starts none that stays. */
public final class Sandboxes {
    /** In the order in which {@code auto} takes them. */
    private static final List<String> CONFINING = List.of("docker", "bubblewrap");

    private Sandboxes() {}

    /**
     * The one that the settings want. With {@code auto} the best that works; plain processes only if the user said so for
     * this project, else commands are refused.
     *
     * @throws ConfigException when a kind was named and cannot be had; no other takes its place
     */
    public static SandboxChoice choose(Configuration configuration, Map<String, String> environment)
            throws ConfigException, InterruptedException {
        String wanted = configuration.settings().get(AppSettings.SANDBOX);
        Confinement confinement = SandboxSettings.confinement(configuration, environment);
        if (wanted.equals("none")) {
            return new SandboxChoice("none", confinement, Optional.empty(), "");
        }
        List<String> obstacles = new ArrayList<>();
        for (String kind : wanted.equals("auto") ? CONFINING : List.of(wanted)) {
            try {
                return choice(kind, configuration, confinement);
            } catch (IOException obstacle) {
                obstacles.add(kind + ": " + obstacle.getMessage());
            }
        }
        if (!wanted.equals("auto")) {
            throw new ConfigException("--sandbox " + wanted + " cannot be had: "
                    + obstacles.getFirst().substring(wanted.length() + 2)
                    + ". Without confinement, with your own rights: --sandbox none");
        }
        boolean allowed = answer(configuration).orElse(false);
        return new SandboxChoice(
                allowed ? "none" : SandboxChoice.REFUSED, confinement, Optional.empty(), String.join("; ", obstacles));
    }

    /** @throws IOException when this kind cannot be had; the message is why, and what to do */
    public static SandboxChoice choice(String kind, Configuration configuration, Confinement confinement)
            throws IOException, ConfigException, InterruptedException {
        return switch (kind) {
            case "docker" ->
                new SandboxChoice(kind, confinement, Optional.of(Containers.options(configuration, confinement)), "");
            case "bubblewrap" -> {
                Optional<String> obstacle = Bubblewrap.obstacle(confinement);
                if (obstacle.isPresent()) {
                    throw new IOException(obstacle.get());
                }
                yield new SandboxChoice(kind, confinement, Optional.empty(), "");
            }
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** What the user said earlier about plain processes in this project. */
    public static Optional<Boolean> answer(Configuration configuration) throws ConfigException {
        try {
            return new UnconfinedProjects(configuration.places().unconfined()).answer(configuration.workspace());
        } catch (IOException e) {
            throw new ConfigException(FileFaults.inWords(e), e);
        }
    }
}
