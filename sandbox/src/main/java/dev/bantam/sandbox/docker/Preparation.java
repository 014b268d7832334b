package dev.bantam.sandbox.docker;

import dev.bantam.sandbox.Caches;
import dev.bantam.sandbox.Confinement;
import dev.bantam.sandbox.Network;
import dev.bantam.sandbox.registry.RegistryProxy;
import dev.bantam.sandbox.registry.Relay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What lies on this machine for a session's container, and how one is started with it. */
final class Preparation implements AutoCloseable {
    /** Linux takes at most 128 KiB in one argument. */
    private static final int MAX_ARGUMENT_BYTES = 100_000;

    private static final Duration RELAY_STARTS = Duration.ofSeconds(20);

    private static final String PREFIX = "session-";

    private Engine engine; // guarded by this; null until the first start
    private RegistryProxy proxy; // guarded by this; null until it is needed
    private final DockerOptions options;
    private final Confinement confinement;
    private final Path control;
    private final AtomicLong scripts = new AtomicLong();

    Preparation(DockerOptions options, Confinement confinement, String session) {
        this.options = options;
        this.confinement = confinement;
        control = options.control().resolve(PREFIX + ProcessHandle.current().pid() + "-" + session);
    }

    Container start() throws IOException, InterruptedException {
        Engine found = engine();
        User user = User.in(found.facts(), confinement.workspace());
        if (confinement.scratch().isPresent()) {
            Files.createDirectories(confinement.scratch().get());
        }
        Files.createDirectories(control);
        Files.setPosixFilePermissions(control, PosixFilePermissions.fromString("rwxr-xr-x"));
        give("passwd", user.passwd());
        give("group", user.group());
        if (confinement.caches() == Caches.OWN && confinement.cache().isPresent()) {
            for (String name : Caches.FOLDERS) {
                user.makeOwnFolder(confinement.cache().get().resolve(name));
            }
        }
        openProxy();
        Container container =
                Container.start(found.client(), new Hardening(found.facts(), options, confinement, control, user));
        if (confinement.network() == Network.REGISTRIES) {
            startRelay(container);
        }
        try {
            Leftovers.sweep(found.client());
            sweep(options.control());
        } catch (RuntimeException | IOException e) {
            // another session's leftovers are no reason to fail this one; the next start tries again
        }
        return container;
    }

    private synchronized void openProxy() throws IOException {
        if (proxy == null && confinement.network() == Network.REGISTRIES) {
            proxy = RegistryProxy.listen(control, confinement.registries());
        }
    }

    private void startRelay(Container container) throws IOException, InterruptedException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            Exec relay = container.start(
                    new Exec.Program(Relay.start(control).toArray(String[]::new), "/", Map.of()),
                    said::writeBytes,
                    () -> {});
            if (!relay.awaitEnd(RELAY_STARTS) || relay.exitCode() != 0) {
                throw new IOException(
                        "sandbox.network: registries cannot be had with the image " + options.image() + ": "
                                + said.toString(StandardCharsets.UTF_8).strip()
                                + ". An engine in a virtual machine passes no sockets on. Set sandbox.network to none or full");
            }
        } catch (IOException | InterruptedException e) {
            container.close();
            throw e;
        }
    }

    /** The words after which {@code run.sh} runs this line, which goes through a file where it is too long. */
    String[] words(String mark, String token, String line) throws IOException {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_ARGUMENT_BYTES) {
            return new String[] {mark, token, "line", line};
        }
        Path script = give(scripts.incrementAndGet() + ".sh", line);
        return new String[] {mark, token, "file", script.toString()};
    }

    /** Writes a file that whoever runs in the container may read; nobody else gets into the folders around it. */
    private Path give(String name, String text) throws IOException {
        Path file = Files.writeString(control.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }

    private synchronized Engine engine() throws IOException {
        if (engine == null) {
            engine = Engine.find(confinement.environment());
        }
        return engine;
    }

    @Override
    public synchronized void close() {
        if (proxy != null) {
            proxy.close();
        }
        remove(control);
        if (engine != null) {
            engine.close();
        }
    }

    private static void sweep(Path all) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(all, PREFIX + "*")) {
            for (Path folder : folders) {
                String pid = folder.getFileName().toString().split("-")[1];
                if (pid.matches("\\d{1,18}")
                        && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                    remove(folder);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void remove(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException | DirectoryIteratorException e) {
            // it was never made; or it stays, and holds nothing but names and commands
        }
    }
}
