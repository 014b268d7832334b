package dev.bantam.model.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bantam.api.ModelException;
import dev.bantam.model.server.Clients;
import dev.bantam.model.server.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hub's API, as far as models are got from it: the list of a repository's files, in pages ({@code
 * /api/models/ID/tree/main}), and their content ({@code /ID/resolve/main/PATH}), which redirects to another host. After <a
 * href="https://huggingface.co/docs/hub/api">its documentation</a>.
 */
public final class Hub implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"next\"");
    private static final int MOST_PAGES = 100;
    private static final int MOST_REDIRECTS = 8;
    private static final int MOST_BYTES = 16 << 20; // of a list

    private final HubSettings settings;
    private final Map<Boolean, HttpClient> clients = new ConcurrentHashMap<>();

    public Hub(HubSettings settings) {
        this.settings = settings;
    }

    HubSettings settings() {
        return settings;
    }

    /**
     * All files of a repository.
     *
     * @throws ModelException when there is none, or it is not open to this user
     */
    public List<HubFile> files(HubRef ref) throws ModelException, InterruptedException {
        List<HubFile> files = new ArrayList<>();
        Optional<URI> page = Optional.of(at("/api/models/" + ref.id() + "/tree/main", "recursive=true"));
        for (int i = 0; page.isPresent() && i < MOST_PAGES; i++) {
            try {
                HttpResponse<InputStream> response = get(page.get(), 0);
                try (InputStream body = response.body()) {
                    requireFound(response, ref);
                    read(body.readNBytes(MOST_BYTES), files);
                }
                page = next(response);
            } catch (IOException e) {
                throw new ModelException(
                        ModelException.Kind.UNREACHABLE,
                        settings.endpoint() + " does not answer (" + reason(e)
                                + "). Check the connection, then run this again",
                        e);
            }
        }
        return List.copyOf(files);
    }

    /** The response with a file's content from a byte on; its status says whether it begins there. */
    HttpResponse<InputStream> content(HubRef ref, HubFile file, long from)
            throws IOException, ModelException, InterruptedException {
        HttpResponse<InputStream> response = get(at("/" + ref.id() + "/resolve/main/" + file.path(), null), from);
        if (response.statusCode() / 100 == 4 && response.statusCode() != 416 && !again(response.statusCode())) {
            response.body().close();
            requireFound(response, ref);
        }
        return response;
    }

    /** Whether a failure may pass by itself. */
    static boolean again(int status) {
        return status == 408 || status == 429 || status / 100 == 5;
    }

    private HttpResponse<InputStream> get(URI first, long from)
            throws IOException, ModelException, InterruptedException {
        URI uri = first;
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(uri).timeout(settings.silence()).header("User-Agent", "bantam");
            if (settings.token().isPresent() && ours(uri)) {
                request.header("Authorization", "Bearer " + settings.token().get());
            }
            if (from > 0) {
                request.header("Range", "bytes=" + from + "-");
            }
            HttpResponse<InputStream> response =
                    client(uri).send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            Optional<String> location = response.headers().firstValue("Location");
            if (response.statusCode() / 100 != 3 || location.isEmpty()) {
                return response;
            }
            response.body().close();
            uri = redirected(uri, location.get());
        }
        throw new IOException("it redirects without end");
    }

    private static URI redirected(URI from, String location) throws IOException, ModelException {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IOException("it redirects to no address: " + location, e);
        }
        if (to.getHost() == null
                || (from.getScheme().equals("https") && !to.getScheme().equals("https"))) {
            throw new ModelException(
                    ModelException.Kind.REJECTED, from.getHost() + " redirects to " + to + ", which is not followed");
        }
        return to;
    }

    /** The token belongs to one host; others, where the bytes lie, have addresses that are signed. */
    private boolean ours(URI uri) {
        URI endpoint = settings.endpoint();
        return uri.getScheme().equals(endpoint.getScheme())
                && uri.getHost().equalsIgnoreCase(endpoint.getHost())
                && uri.getPort() == endpoint.getPort();
    }

    private HttpClient client(URI uri) {
        return clients.computeIfAbsent(
                uri.getScheme().equals("https"),
                encrypted -> Clients.builder(encrypted).connectTimeout(CONNECT).build());
    }

    private URI at(String path, String query) {
        URI base = settings.endpoint();
        try {
            String whole = Optional.ofNullable(base.getPath()).orElse("") + path;
            return new URI(base.getScheme(), null, base.getHost(), base.getPort(), whole, query, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no address for " + path, e);
        }
    }

    private Optional<URI> next(HttpResponse<?> response) throws IOException {
        Matcher link = NEXT.matcher(response.headers().firstValue("Link").orElse(""));
        if (!link.find()) {
            return Optional.empty();
        }
        URI uri = response.uri().resolve(link.group(1));
        if (!ours(uri)) {
            throw new IOException("its list goes on at another host, " + uri.getHost());
        }
        return Optional.of(uri);
    }

    private void requireFound(HttpResponse<?> response, HubRef ref) throws ModelException, IOException {
        int status = response.statusCode();
        String page = settings.endpoint() + "/" + ref.id();
        boolean gated = response.headers().firstValue("X-Error-Code").orElse("").equals("GatedRepo");
        switch (status) {
            case 200 -> {}
            case 401, 403 ->
                throw new ModelException(
                        ModelException.Kind.AUTHENTICATION,
                        gated
                                ? ref.id() + " is open only to those who agreed to its conditions. Agree at " + page
                                        + ", then set HF_TOKEN to a token of yours"
                                : ref.id() + " does not exist, or is not open to everyone. Check the name at " + page
                                        + (settings.token().isPresent()
                                                ? ", and whether your HF_TOKEN may read it"
                                                : "; for a private one set HF_TOKEN"));
            case 404 ->
                throw new ModelException(
                        ModelException.Kind.REJECTED, page + " does not exist. Check the owner, the name and the file");
            default -> throw new IOException("it answers with status " + status);
        }
    }

    private static void read(byte[] json, List<HubFile> files) throws IOException {
        JsonNode list = Json.read(new String(json, StandardCharsets.UTF_8))
                .filter(JsonNode::isArray)
                .orElseThrow(() -> new IOException("its list of files is none"));
        for (JsonNode entry : list) {
            if (entry.path("type").asText().equals("file")) {
                files.add(file(entry));
            }
        }
    }

    private static HubFile file(JsonNode entry) throws IOException {
        try {
            JsonNode large = entry.path("lfs");
            Optional<String> hash = Optional.of(large.path("oid").asText().replaceFirst("^sha256:", ""))
                    .filter(oid -> oid.matches("[0-9a-f]{64}"));
            return new HubFile(
                    entry.path("path").asText(),
                    large.path("size").asLong(entry.path("size").asLong()),
                    hash);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    static String reason(IOException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    @Override
    public void close() {
        clients.values().forEach(HttpClient::shutdownNow);
    }
}
