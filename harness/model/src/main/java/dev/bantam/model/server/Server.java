package dev.bantam.model.server;

import java.net.URI;
import java.util.Optional;

/**
 * One server that is spoken to.
 *
 * @param root its address without {@code /v1} and without a slash at the end
 * @param api where its OpenAI-like or Anthropic interface begins, such as {@code http://127.0.0.1:8080/v1}
 */
public record Server(ServerKind kind, String root, String api, Optional<String> key, Timing timing) {

    /** Accepts an address with or without {@code /v1}, a slash at the end, or the path of the chat itself. */
    public static Server at(ServerKind kind, String address, Optional<String> key, Timing timing) {
        String url = address.strip();
        if (!url.contains("://")) {
            url = "http://" + url;
        }
        url = url.replaceAll("/+$", "").replaceAll("/(chat/completions|messages|api/chat)$", "");
        if (kind == ServerKind.OLLAMA) {
            url = url.replaceAll("/(v1|api)$", "");
        }
        String root = url.replaceAll("/v\\d+[a-z]*$", "");
        return new Server(kind, root, root.equals(url) ? root + "/v1" : url, key, timing);
    }

    public URI uri() {
        return URI.create(root);
    }

    /** Whether it is this very machine. Names other than localhost are not looked up. */
    public boolean loopback() {
        String host = uri().getHost();
        return host != null
                && (host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}"));
    }

    public int port() {
        int port = uri().getPort();
        return port > 0 ? port : "https".equals(uri().getScheme()) ? 443 : 80;
    }

    /** Whether a healthy silence may last as long as it likes. */
    public boolean patient() {
        return kind.ownMachine() || loopback();
    }

    /** For messages: {@code llama.cpp at http://127.0.0.1:8080}. */
    public String title() {
        return kind.title() + " at " + root;
    }
}
