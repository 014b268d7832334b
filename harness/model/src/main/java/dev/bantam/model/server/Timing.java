package dev.bantam.model.server;

import java.time.Duration;

/**
 * How long to wait for what. There is no limit for a whole reply: a local model may read for many minutes.
 *
 * @param connect for opening a connection
 * @param ask for a small question such as the list of models
 * @param probeEvery how long a local server may be silent before its health is probed, and then between probes
 * @param probe for one probe
 * @param cloudSilence how long a cloud server may be silent before the stream counts as broken
 * @param closing how long to wait for the stream's end once the reply is complete
 * @param loadingPause between two tries while a server is still loading its model
 */
public record Timing(
        Duration connect,
        Duration ask,
        Duration probeEvery,
        Duration probe,
        Duration cloudSilence,
        Duration closing,
        Duration loadingPause) {
    /** A dead local server is noticed within 4 + 2 seconds. */
    public static final Timing USUAL = new Timing(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(4),
            Duration.ofSeconds(2),
            Duration.ofMinutes(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1));
}
