package dev.bantam.app.sandbox;

import dev.bantam.api.Sandbox;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.sandbox.Bubblewrap;
import dev.bantam.sandbox.Confinement;
import dev.bantam.sandbox.PlainProcess;
import dev.bantam.sandbox.docker.DockerOptions;
import dev.bantam.sandbox.docker.DockerSandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the commands of a run will be run in.
 *
 * @param kind as {@link Sandbox#kind}
 * @param container what one is made of; empty for the other kinds
 * @param obstacles why none that confines can be had; empty when one was chosen or none is wanted
 */
public record SandboxChoice(String kind, Confinement confinement, Optional<DockerOptions> container, String obstacles) {
    static final String REFUSED = "refused";

    public boolean isRefused() {
        return kind.equals(REFUSED);
    }

    /** The same with plain processes instead of refusals. */
    public SandboxChoice orPlain() {
        return isRefused() ? new SandboxChoice("none", confinement, Optional.empty(), obstacles) : this;
    }

    /**
     * Opens it for a session.
     *
     * @param scratch of the session; commands may read it
     */
    public Sandbox open(Path scratch) throws ConfigException {
        Confinement ofSession = confinement.withScratch(scratch);
        try {
            return switch (kind) {
                case "none" -> new PlainProcess(ofSession);
                case "docker" -> new DockerSandbox(container.orElseThrow(), ofSession);
                case "bubblewrap" -> new Bubblewrap(ofSession);
                case REFUSED -> new NoSandbox();
                default -> throw new IllegalArgumentException(kind);
            };
        } catch (IOException e) {
            throw new ConfigException(kind + ": " + e.getMessage(), e);
        }
    }

    /** Why commands do not run, and what to do. */
    public String refusal() {
        return "commands are refused, since no sandbox can be had here (" + obstacles()
                + "). To run them without one, with your own rights: --sandbox none";
    }
}
