package dev.bantam.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A program that was started in a running container. Its output is taken until its end, also when nobody wants it. */
final class Exec extends ResultCallbackTemplate<Exec, Frame> {
    /** Where it is started, and as whom. */
    record Place(DockerClient client, String container, User user) {}

    /** How it is started. */
    record Program(String[] command, String folder, Map<String, String> environment) {}

    private final DockerClient client;
    private final String id;
    private final Consumer<byte[]> output;
    private final Runnable atEnd;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Exec(DockerClient client, String id, Consumer<byte[]> output, Runnable atEnd) {
        this.client = client;
        this.id = id;
        this.output = output;
        this.atEnd = atEnd;
    }

    /**
     * Starts it without a terminal and with nothing to read.
     *
     * @param output called on a thread of the client
     * @param atEnd called once nothing more can come
     */
    static Exec start(Place place, Program program, Consumer<byte[]> output, Runnable atEnd) throws IOException {
        return start(place, program, null, output, atEnd);
    }

    /** Starts it with a terminal, where that is what it reads from. */
    static Exec start(Place place, Program program, InputStream terminal, Consumer<byte[]> output, Runnable atEnd)
            throws IOException {
        try {
            List<String> variables = program.environment.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .toList();
            String id = place.client
                    .execCreateCmd(place.container)
                    .withUser(place.user.asText())
                    .withCmd(program.command)
                    .withWorkingDir(program.folder)
                    .withEnv(variables)
                    .withAttachStdout(true)
                    .withAttachStderr(true)
                    .withAttachStdin(terminal != null)
                    .withTty(terminal != null)
                    .exec()
                    .getId();
            var start = place.client.execStartCmd(id).withTty(terminal != null);
            return terminal == null
                    ? start.exec(new Exec(place.client, id, output, atEnd))
                    : start.withStdIn(terminal).exec(new Exec(place.client, id, output, atEnd));
        } catch (RuntimeException e) {
            throw Faults.asIo("the command cannot be started in the container", e);
        }
    }

    @Override
    public void onNext(Frame frame) {
        output.accept(frame.getPayload());
    }

    @Override
    public void onComplete() {
        super.onComplete();
        end();
    }

    @Override
    public void onError(Throwable fault) {
        super.onError(fault);
        end();
    }

    private void end() {
        ended.countDown();
        atEnd.run();
    }

    boolean awaitEnd(Duration limit) throws InterruptedException {
        return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    void resize(int columns, int rows) throws IOException {
        try {
            client.resizeExecCmd(id).withSize(rows, columns).exec();
        } catch (RuntimeException e) {
            throw Faults.asIo("the terminal cannot be given another size", e);
        }
    }

    /** That of the program, once it has ended; that of a killed one where it cannot be told any more. */
    int exitCode() {
        try {
            Long code = client.inspectExecCmd(id).exec().getExitCodeLong();
            return code == null ? KILLED : code.intValue();
        } catch (RuntimeException e) {
            return KILLED; // the container is gone, and so is everything that ran in it
        }
    }

    static final int KILLED = 137;
}
