package dev.bantam.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A running container. Its main program waits for the end of its standard input, which this process holds: however this
 * process ends, the container ends with it.
 */
final class Container implements AutoCloseable {
    private static final Duration ATTACHING = Duration.ofSeconds(10);
    private static final Duration ENDING = Duration.ofSeconds(10);

    private final DockerClient client;
    private final String id;
    private final Exec.Place inside;
    private final Keyboard lifeline;
    private volatile boolean ended;

    private Container(DockerClient client, String id, User user, Keyboard lifeline) {
        this.client = client;
        this.id = id;
        this.inside = new Exec.Place(client, id, user);
        this.lifeline = lifeline;
    }

    static Container start(DockerClient client, Hardening hardening) throws IOException, InterruptedException {
        String id = null;
        try {
            id = hardening.create(client);
            Container container = new Container(client, id, hardening.user(), new Keyboard());
            boolean attached = client.attachContainerCmd(id)
                    .withStdIn(container.lifeline)
                    .withFollowStream(true)
                    .exec(container.new UntilItEnds())
                    .awaitStarted(ATTACHING.toMillis(), TimeUnit.MILLISECONDS);
            if (!attached) {
                throw new IOException("the engine does not attach to the container that it made");
            }
            client.startContainerCmd(id).exec();
            return container;
        } catch (NotFoundException e) {
            discard(client, id);
            throw new IOException(
                    "the sandbox's image " + hardening.image() + " is not there: make it with bantam sandbox build", e);
        } catch (RuntimeException e) {
            discard(client, id);
            throw Faults.asIo("the sandbox's container cannot be started", e);
        } catch (IOException | InterruptedException e) {
            discard(client, id);
            throw e;
        }
    }

    private static void discard(DockerClient client, String id) {
        if (id != null) {
            try {
                Leftovers.remove(client, id);
            } catch (RuntimeException e) {
                // the fault that brought us here is the one to tell; a later start sweeps
            }
        }
    }

    private final class UntilItEnds extends ResultCallback.Adapter<Frame> {
        @Override
        public void onComplete() {
            super.onComplete();
            ended = true;
        }

        @Override
        public void onError(Throwable fault) {
            super.onError(fault);
            ended = true;
        }
    }

    /** A command that kills all that it may kills the main program, and with it the container. */
    boolean hasEnded() {
        return ended;
    }

    Exec start(Exec.Program program, Consumer<byte[]> output, Runnable atEnd) throws IOException {
        return Exec.start(inside, program, output, atEnd);
    }

    Exec startTerminal(Exec.Program program, Keyboard keyboard, Consumer<byte[]> output, Runnable atEnd)
            throws IOException {
        return Exec.start(inside, program, keyboard, output, atEnd);
    }

    /**
     * Ends all processes of one command; where that fails, for example because the container has no room for one more
     * process, the container itself. Puts off interruption until it is done.
     */
    void end(String mark) {
        boolean interrupted = Thread.interrupted();
        try {
            Exec ending = start(new Exec.Program(Script.END.with(mark), "/", Map.of()), bytes -> {}, () -> {});
            if (!ending.awaitEnd(ENDING) || ending.exitCode() != 0) {
                close();
            }
        } catch (IOException e) {
            close();
        } catch (InterruptedException e) {
            interrupted = true;
            close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends everything in it. */
    @Override
    public void close() {
        ended = true;
        boolean interrupted = Thread.interrupted(); // the client gives up when it is interrupted
        discard(client, id);
        lifeline.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
