package dev.bantam.sandbox.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a program asks of a proxy: to be connected with a host, or to be given one page of it.
 *
 * @param forwarded what the host is sent first; empty for a connection
 */
record Request(boolean connect, String host, int port, byte[] forwarded) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final Pattern AUTHORITY = Pattern.compile("([A-Za-z0-9._-]+):(\\d{1,5})");
    private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9!#$%&'*+.^_`|~-]+):[\\t\\x20-\\x7e\\x80-\\xff]*");

    /** Credentials, and what holds for one connection alone. */
    private static final Set<String> KEPT_BACK = Set.of(
            "authorization",
            "connection",
            "content-length",
            "cookie",
            "expect",
            "host",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** @param head the lines before the empty one, without line ends */
    static Request parse(List<String> head) throws Refusal {
        String[] words = head.getFirst().split(" ");
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
            throw Refusal.malformed("this is no request to a proxy");
        }
        return switch (words[0]) {
            case "CONNECT" -> connection(words[1]);
            case "GET", "HEAD" -> page(words[0], words[1], head.subList(1, head.size()));
            default -> throw Refusal.forbidden("without encryption there is only GET and HEAD");
        };
    }

    private static Request connection(String target) throws Refusal {
        Matcher authority = AUTHORITY.matcher(target);
        if (!authority.matches()) {
            throw Refusal.malformed("a connection is to a name and a port");
        }
        return new Request(
                true,
                Registries.plain(authority.group(1)),
                port(Integer.parseInt(authority.group(2)), HTTPS),
                new byte[0]);
    }

    private static Request page(String method, String target, List<String> headers) throws Refusal {
        URI uri;
        try {
            uri = new URI(target);
        } catch (URISyntaxException e) {
            throw Refusal.malformed("the address cannot be read");
        }
        if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw Refusal.malformed("an address is http://NAME/PATH, without a user");
        }
        String host = Registries.plain(uri.getHost());
        int port = port(uri.getPort() < 0 ? HTTP : uri.getPort(), HTTP);
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        StringBuilder text = new StringBuilder(method).append(' ').append(path);
        if (uri.getRawQuery() != null) {
            text.append('?').append(uri.getRawQuery());
        }
        text.append(" HTTP/1.1\r\nHost: ").append(host).append("\r\nConnection: close\r\n");
        for (String header : headers) {
            Matcher matcher = HEADER.matcher(header);
            if (!matcher.matches()) {
                throw Refusal.malformed("a header cannot be read");
            }
            if (!KEPT_BACK.contains(matcher.group(1).toLowerCase(Locale.ROOT))) {
                text.append(header).append("\r\n");
            }
        }
        return new Request(false, host, port, text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static int port(int asked, int allowed) throws Refusal {
        if (asked != allowed) {
            throw Refusal.forbidden(
                    "port " + asked + " is not reached from here: only 443 with CONNECT and 80 without");
        }
        return asked;
    }
}
