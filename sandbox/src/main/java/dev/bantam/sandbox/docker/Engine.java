package dev.bantam.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An engine that answers: Docker's, or another that speaks its interface, such as podman's. May be used by several threads.
 */
public final class Engine implements AutoCloseable {
    private static final Duration CONNECTING = Duration.ofSeconds(5);

    /** Every command that left something in the background holds one. */
    private static final int MOST_CONNECTIONS = 2_000;

    private final URI address;
    private final DockerClient client;
    private final EngineFacts facts;

    private Engine(URI address, DockerClient client, EngineFacts facts) {
        this.address = address;
        this.client = client;
        this.facts = facts;
    }

    /**
     * The first engine that answers.
     *
     * @param environment the user's: {@code DOCKER_HOST} and where sockets lie
     * @throws IOException when none does; the message says what to do
     */
    public static Engine find(Map<String, String> environment) throws IOException {
        List<URI> candidates = EngineAddress.candidates(environment);
        IOException first = null;
        for (URI candidate : candidates) {
            try {
                return at(candidate);
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        throw first != null
                ? first
                : new IOException("no container engine was found: there is no Docker or podman socket at the usual"
                        + " places, and DOCKER_HOST is not set. Install Docker or podman, or start it");
    }

    private static Engine at(URI address) throws IOException {
        if (!List.of("unix", "tcp", "http", "https").contains(address.getScheme())) {
            throw new IOException("the engine at " + address + " cannot be reached: only unix:// and tcp:// addresses"
                    + " can be used. For ssh, forward its socket (ssh -L /tmp/docker.sock:/var/run/docker.sock HOST)"
                    + " and set DOCKER_HOST=unix:///tmp/docker.sock");
        }
        DockerClient client = null;
        try {
            DockerClientConfig configuration = DefaultDockerClientConfig.createDefaultConfigBuilder()
                    .withDockerHost(address.toString())
                    .build();
            client = DockerClientImpl.getInstance(
                    configuration,
                    new ZerodepDockerHttpClient.Builder()
                            .dockerHost(configuration.getDockerHost())
                            .sslConfig(configuration.getSSLConfig())
                            .maxConnections(MOST_CONNECTIONS)
                            .connectionTimeout(CONNECTING)
                            .build());
            Info info = client.infoCmd().exec();
            return new Engine(address, client, EngineFacts.of(info));
        } catch (RuntimeException e) {
            if (client != null) {
                client.close();
            }
            throw Faults.asIo("the container engine at " + address + " does not answer", e);
        }
    }

    /** What it says about itself. */
    public EngineFacts facts() {
        return facts;
    }

    /** Such as {@code unix:///var/run/docker.sock}. */
    public URI address() {
        return address;
    }

    public EngineImages images() {
        return new EngineImages(client);
    }

    DockerClient client() {
        return client;
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            // a connection that does not close is no loss to anybody
        }
    }
}
