package dev.bantam.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shell inside an enclosure that starts its commands. It is told a command's number a line, and answers with the
 * number and the exit code when the command has ended. Commands can write to that pipe too, so nothing here trusts it:
 * the worst that they reach is a wrong exit code of their own session.
 *
 * <p>The kernel ends the enclosure when the <em>thread</em> that started it ends, so that thread stays, and reads.
 */
final class Supervisor implements AutoCloseable {
    /**
     * Limits itself and all commands: core dumps, data of one process (KiB), processes. Then it runs what words follow, such
     * as {@link dev.bantam.sandbox.registry.Relay#start}, and obeys. A shell lets what it starts with {@code &} ignore
     * Ctrl-C, which is undone where coreutils can.
     */
    static final String SCRIPT = """
            ulimit -c 0
            ulimit -d "$1" 2>/dev/null
            ulimit -u "$2" 2>/dev/null || ulimit -p "$2"
            heed="env --default-signal=INT,QUIT"
            $heed true 2>/dev/null || heed=
            shift 2
            [ $# = 0 ] || "$@" || exit 1
            echo ready
            while read -r number; do
              (sh "$0/$number.sh" $heed; echo "$number $?") &
            done
            """;

    private static final Pattern ENDED = Pattern.compile("(\\d{1,9}) (\\d{1,3})");
    private static final long START_SECONDS = 20;
    private static final int MAX_LINE = 1_000;
    private static final int MAX_COMPLAINT = 4_000;
    private static final int KILLED = 137;

    private final CompletableFuture<Process> process = new CompletableFuture<>();
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final Map<Integer, InnerProcess> running = new ConcurrentHashMap<>();
    private final StringBuilder complaint = new StringBuilder(); // confined to the reading thread
    private volatile boolean over;

    private Supervisor() {}

    /** @param words start the shell with {@link #SCRIPT} in its enclosure */
    static Supervisor start(List<String> words) throws IOException, InterruptedException {
        Supervisor supervisor = new Supervisor();
        Thread.ofPlatform().daemon().name("bantam-enclosure").start(() -> supervisor.serve(words));
        try {
            supervisor.ready.get(START_SECONDS, TimeUnit.SECONDS);
            return supervisor;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            supervisor.close();
            throw new IOException("it did not start within " + START_SECONDS + " s", e);
        } catch (InterruptedException e) {
            supervisor.close();
            throw e;
        }
    }

    private void serve(List<String> words) {
        try {
            ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
            builder.environment().clear(); // what a program was started with can be read in /proc
            builder.environment().put(Environment.MARK, Environment.NO_COMMAND);
            Process started = builder.start();
            process.complete(started);
            listen(started.getInputStream());
        } catch (IOException e) {
            complain(e.getMessage());
            process.completeExceptionally(e);
        }
        over = true;
        ready.completeExceptionally(new IOException(
                "it could not start: " + complaint.toString().strip().replace("\n", "; ")));
        running.keySet().forEach(number -> end(number, KILLED));
    }

    private void listen(InputStream answers) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = answers.read(); c >= 0; c = answers.read()) {
            if (c == '\n' || line.length() == MAX_LINE) {
                take(line.toString());
                line.setLength(0);
            } else {
                line.append((char) c);
            }
        }
        take(line.toString());
    }

    private void take(String line) {
        Matcher answer = ENDED.matcher(line);
        if (answer.matches()) {
            end(Integer.parseInt(answer.group(1)), Integer.parseInt(answer.group(2)));
        } else if (line.equals("ready")) {
            ready.complete(true);
        } else {
            complain(line);
        }
    }

    private void complain(String line) {
        if (complaint.length() < MAX_COMPLAINT) {
            complaint.append(line).append('\n');
        }
    }

    private void end(int number, int code) {
        InnerProcess ended = running.remove(number);
        if (ended != null) {
            ended.end(code);
        }
    }

    void run(InnerProcess command) throws IOException {
        running.put(command.number(), command);
        try {
            synchronized (this) {
                OutputStream orders = process.join().getOutputStream();
                orders.write((command.number() + "\n").getBytes(StandardCharsets.US_ASCII));
                orders.flush();
            }
        } finally {
            if (over) {
                end(command.number(), KILLED);
            }
        }
    }

    boolean isOver() {
        return over;
    }

    ProcessHandle handle() {
        return process.join().toHandle();
    }

    @Override
    public void close() {
        process.thenAccept(Process::destroyForcibly);
    }
}
