package dev.bantam.sandbox.docker;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The process that a container belongs to, as its labels tell. A number of a process is used again; together with the
 * moment of its start it is not.
 */
record Owner(String host, long pid, Instant started) {
    static final String LABEL = "dev.bantam.sandbox";

    private static final String HOST = LABEL + ".host";
    private static final String PID = LABEL + ".pid";
    private static final String STARTED = LABEL + ".started";

    /** The system computes the start from the clock, which is set now and then. */
    private static final Duration INACCURACY = Duration.ofSeconds(3);

    static Owner self() {
        ProcessHandle self = ProcessHandle.current();
        return new Owner(hostName(), self.pid(), started(self));
    }

    static Optional<Owner> of(Map<String, String> labels) {
        try {
            return Optional.of(new Owner(
                    labels.get(HOST),
                    Long.parseLong(labels.get(PID)),
                    Instant.ofEpochMilli(Long.parseLong(labels.get(STARTED)))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    Map<String, String> labels() {
        return Map.of(
                LABEL,
                "session",
                HOST,
                host,
                PID,
                String.valueOf(pid),
                STARTED,
                String.valueOf(started.toEpochMilli()));
    }

    /** Whether it ran on this machine and is no more. */
    boolean isGone() {
        return hostName().equals(host)
                && ProcessHandle.of(pid)
                        .filter(process -> Duration.between(started, started(process))
                                        .abs()
                                        .compareTo(INACCURACY)
                                < 0)
                        .isEmpty();
    }

    private static Instant started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this machine has no name";
        }
    }
}
