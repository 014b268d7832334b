package dev.bantam.app.sandbox;

import dev.bantam.app.setup.Configuration;
import dev.bantam.app.setup.SandboxSettings;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.sandbox.Confinement;
import dev.bantam.sandbox.docker.DockerOptions;
import dev.bantam.sandbox.docker.Engine;
import java.io.IOException;
import java.util.Optional;

/** Finds out whether a workspace's commands can run in a container, and in which. */
final class Containers {
    private Containers() {}

    /**
     * What its container would be made of. Fetches and builds nothing.
     *
     * @throws IOException when there is no engine, or no image; the message is a reason and what to do
     */
    static DockerOptions options(Configuration configuration, Confinement confinement)
            throws IOException, ConfigException {
        try (Engine engine = Engine.find(confinement.environment())) {
            return options(configuration, engine);
        }
    }

    static DockerOptions options(Configuration configuration, Engine engine) throws IOException, ConfigException {
        WantedImage wanted = WantedImage.of(configuration);
        Optional<String> image = wanted.among(engine.images().names(), configuration.workspace());
        if (image.isEmpty()) {
            throw new IOException("the image " + wanted.name() + " is not there. Get it with: bantam sandbox build");
        }
        return new DockerOptions(
                image.get(),
                configuration.settings().get(SandboxSettings.PROCESSORS),
                configuration.places().containers());
    }
}
