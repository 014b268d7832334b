package dev.bantam.app;

import dev.bantam.api.Sandbox;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.sandbox.Confinement;
import dev.bantam.sandbox.Network;
import dev.bantam.sandbox.docker.DockerOptions;
import dev.bantam.sandbox.docker.DockerSandbox;
import dev.bantam.sandbox.docker.Engine;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The container that a workspace's commands would run in: an engine that answers, and an image that it has.
 *
 * @param engine owned by whoever has this, until it is opened
 */
record DockerChoice(Engine engine, DockerOptions options) {

    /** @throws IOException when there is none; the message is a reason and what to do */
    static DockerChoice find(Configuration configuration, Confinement confinement, Map<String, String> environment)
            throws IOException, ConfigException {
        if (confinement.network() == Network.REGISTRIES) {
            throw new IOException("it cannot tell registries from the rest of the network: set sandbox.network to none or"
                    + " full, and sandbox.caches to own");
        }
        Engine engine = Engine.find(environment);
        try {
            WantedImage wanted = WantedImage.of(configuration);
            Optional<String> image = wanted.among(engine.images().names(), configuration.workspace());
            if (image.isEmpty()) {
                throw new IOException("the image " + wanted.name() + " is not there yet: bantam sandbox build");
            }
            return new DockerChoice(engine, options(configuration, image.get()));
        } catch (IOException | ConfigException | RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private static DockerOptions options(Configuration configuration, String image) {
        return new DockerOptions(
                image,
                configuration.settings().get(SandboxSettings.PROCESSORS),
                configuration.places().containers());
    }

    Sandbox open(Confinement confinement) {
        return new DockerSandbox(engine, options, confinement);
    }
}
