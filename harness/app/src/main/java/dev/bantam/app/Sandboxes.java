package dev.bantam.app;

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
final class Sandboxes {
    /** In the order in which {@code auto} takes them. */
    private static final List<String> CONFINING = List.of("docker", "bubblewrap");

    private Sandboxes() {}

    /**
     * The one that the settings want. With {@code auto} the best that works; plain processes only if the user said so for
     * this project, else commands are refused.
     *
     * @throws ConfigException when a kind was named and cannot be had; no other takes its place
     */
    static SandboxChoice choose(Configuration configuration, Map<String, String> environment)
            throws ConfigException, InterruptedException {
        String wanted = configuration.settings().get(AppSettings.SANDBOX);
        Confinement confinement = SandboxSettings.confinement(configuration, environment);
        if (wanted.equals("none")) {
            return new SandboxChoice("none", confinement, "");
        }
        List<String> obstacles = new ArrayList<>();
        for (String kind : wanted.equals("auto") ? CONFINING : List.of(wanted)) {
            Optional<String> obstacle = obstacle(kind, confinement);
            if (obstacle.isEmpty()) {
                return new SandboxChoice(kind, confinement, "");
            }
            obstacles.add(kind + ": " + obstacle.get());
        }
        if (!wanted.equals("auto")) {
            throw new ConfigException("--sandbox " + wanted + " cannot be had: "
                    + obstacles.getFirst().substring(wanted.length() + 2)
                    + ". Without confinement, with your own rights: --sandbox none");
        }
        boolean allowed = answer(configuration).orElse(false);
        return new SandboxChoice(allowed ? "none" : SandboxChoice.REFUSED, confinement, String.join("; ", obstacles));
    }

    private static Optional<String> obstacle(String kind, Confinement confinement) throws InterruptedException {
        return switch (kind) {
            case "bubblewrap" -> Bubblewrap.obstacle(confinement);
            case "docker" -> Optional.of("not available yet");
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** What the user said earlier about plain processes in this project. */
    static Optional<Boolean> answer(Configuration configuration) throws ConfigException {
        try {
            return new UnconfinedProjects(configuration.places().unconfined()).answer(configuration.workspace());
        } catch (IOException e) {
            throw new ConfigException(FileFaults.inWords(e), e);
        }
    }
}
