package dev.bantam.ext.web;

import java.net.URI;

/** Answers that hold no page, in words that say what to do. */
final class Faults {
    private Faults() {}

    static void check(URI at, Http.Answer answer, MediaType type) throws WebException {
        int status = answer.status();
        if (status / 100 != 2) {
            throw WebException.failed(at + " answered HTTP " + status
                    + (switch (status) {
                        case 401, 407 -> ": it wants a login. Take another source.";
                        case 403, 451 -> ": it does not give this page to programs. Take another source.";
                        case 404, 410 ->
                            ": there is no such page. Check the address, or look for it from " + start(at) + ".";
                        case 429 -> ": too many requests." + wait(answer);
                        case 503 -> ": it is not available now." + wait(answer);
                        default ->
                            status >= 500 ? ": the server failed. Try once more later." : ". Take another source.";
                    }));
        }
        if (!type.mayBeText()) {
            String size = answer.headers().firstValueAsLong("Content-Length").isPresent()
                    ? ", " + answer.header("Content-Length") + " bytes"
                    : "";
            throw WebException.refused(
                    at + " is " + type.name() + size + ", and only text can be read. Look for the same as a web page.");
        }
        if (answer.body().length == 0) {
            throw WebException.failed(at + " is empty.");
        }
        if (type.name().isEmpty() && PageText.isBinary(answer.body())) {
            throw WebException.refused(at + " is no text: it has zero bytes in it. Look for the same as a web page.");
        }
    }

    private static String start(URI at) {
        return at.getScheme() + "://" + at.getRawAuthority() + "/";
    }

    private static String wait(Http.Answer answer) {
        String after = answer.header("Retry-After");
        return after.matches("\\d{1,5}")
                ? " It asks to wait " + after + " s."
                : " Wait a while before you ask it again, or take another source.";
    }
}
