package dev.bantam.sandbox.registry;

import java.nio.charset.StandardCharsets;

/** A request that is not carried out. Programs show the first line of the answer, so that is where the reason stands. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    private Refusal(int status, String reason) {
        super(reason);
        this.status = status;
    }

    static Refusal malformed(String reason) {
        return new Refusal(400, reason);
    }

    static Refusal forbidden(String reason) {
        return new Refusal(403, reason);
    }

    static Refusal unreachable(String reason) {
        return new Refusal(502, reason);
    }

    byte[] answer() {
        String reason = getMessage().replaceAll("[^ -~]", "?");
        String body = "The sandbox: " + reason + ".\n";
        return ("HTTP/1.1 " + status + " " + reason + "\r\nContent-Type: text/plain\r\nContent-Length: " + body.length()
                        + "\r\nConnection: close\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
