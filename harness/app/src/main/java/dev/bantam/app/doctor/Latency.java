package dev.bantam.app.doctor;

import dev.bantam.api.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a sandbox costs.
 *
 * @param firstMillis from nothing to the end of the first command, with nothing started ahead
 * @param commandMillis median of a command that does nothing
 * @param closeMillis until its end gives the prompt back
 */
record Latency(double firstMillis, double commandMillis, double closeMillis) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** @param sandbox fresh; closed afterwards */
    static Latency of(Sandbox sandbox, Path workspace, int commands) throws IOException, InterruptedException {
        double first = 0;
        List<Double> others = new ArrayList<>();
        long begin;
        try {
            first = command(sandbox, workspace);
            for (int i = 0; i < commands; i++) {
                others.add(command(sandbox, workspace));
            }
        } finally {
            begin = System.nanoTime();
            sandbox.close();
        }
        Collections.sort(others);
        return new Latency(first, others.get(others.size() / 2), (System.nanoTime() - begin) / 1e6);
    }

    private static double command(Sandbox sandbox, Path workspace) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Sandbox.Outcome outcome = sandbox.run(new Sandbox.Command("true", workspace, LIMIT), bytes -> {});
        if (!(outcome instanceof Sandbox.Outcome.Exited exited) || exited.code() != 0) {
            throw new IOException("the command true did not succeed: " + outcome);
        }
        return (System.nanoTime() - begin) / 1e6;
    }
}
