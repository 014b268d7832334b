package dev.bantam.ext.web;

import dev.bantam.ext.text.JsonText;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who searches: how it is asked, where its answer holds the hits, and what its refusals mean. */
sealed interface SearchService {
    URI address();

    HttpRequest.Builder ask(String query, int count);

    /** Keys that lead to the list of hits, from the top of the answer; several ways may be tried. */
    List<List<String>> hits();

    /** The key of a hit's snippet. */
    String snippet();

    /** What the user can do about an answer 401 or 403. */
    String remedy();

    /** @throws IllegalArgumentException when its address or key is missing or wrong */
    static Optional<SearchService> configured(String kind, String url, String key, Map<String, String> environment) {
        return switch (kind) {
            case "searxng" -> Optional.of(new Searxng(address(kind, url, "")));
            case "firecrawl" -> {
                String known = key.isBlank() ? environment.getOrDefault("FIRECRAWL_API_KEY", "") : key;
                if (url.isBlank()) {
                    requireKey(kind, known, "FIRECRAWL_API_KEY");
                }
                yield Optional.of(new Firecrawl(address(kind, url, "https://api.firecrawl.dev"), known));
            }
            case "brave" -> {
                String known = key.isBlank() ? environment.getOrDefault("BRAVE_API_KEY", "") : key;
                requireKey(kind, known, "BRAVE_API_KEY");
                yield Optional.of(new Brave(address(kind, url, "https://api.search.brave.com"), known));
            }
            default -> Optional.empty();
        };
    }

    private static URI address(String kind, String url, String usual) {
        String chosen = url.isBlank() ? usual : url.strip().replaceFirst("/+$", "");
        if (!chosen.matches("https?://[^\\s/]+(/\\S*)?")) {
            throw new IllegalArgumentException("web.search is " + kind + ", and web.search-url is "
                    + (chosen.isEmpty() ? "not set" : "\"" + chosen + "\"")
                    + "; set it to the service's address, such as http://localhost:8080.");
        }
        return URI.create(chosen);
    }

    private static void requireKey(String kind, String key, String variable) {
        if (key.isBlank()) {
            throw new IllegalArgumentException(
                    "web.search is " + kind + ", which needs a key: set web.search-key in your"
                            + " settings file, or the environment variable " + variable + ".");
        }
    }

    private static String encoded(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8);
    }

    /** A search engine that people run themselves. */
    record Searxng(URI address) implements SearchService {
        @Override
        public HttpRequest.Builder ask(String query, int count) {
            return HttpRequest.newBuilder(URI.create(address + "/search?format=json&q=" + encoded(query)));
        }

        @Override
        public List<List<String>> hits() {
            return List.of(List.of("results"));
        }

        @Override
        public String snippet() {
            return "content";
        }

        @Override
        public String remedy() {
            return "its settings.yml must list json under search, formats";
        }
    }

    record Firecrawl(URI address, String key) implements SearchService {
        @Override
        public HttpRequest.Builder ask(String query, int count) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + "/v2/search"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(JsonText.of(Map.of("query", query, "limit", count))));
            return key.isBlank() ? request : request.header("Authorization", "Bearer " + key);
        }

        @Override
        public List<List<String>> hits() {
            return List.of(List.of("data", "web"), List.of("data"));
        }

        @Override
        public String snippet() {
            return "description";
        }

        @Override
        public String remedy() {
            return "the key in web.search-key or FIRECRAWL_API_KEY may be wrong";
        }

        @Override
        public String toString() {
            return "Firecrawl at " + address; // never its key
        }
    }

    record Brave(URI address, String key) implements SearchService {
        @Override
        public HttpRequest.Builder ask(String query, int count) {
            return HttpRequest.newBuilder(
                            URI.create(address + "/res/v1/web/search?count=" + count + "&q=" + encoded(query)))
                    .header("Accept", "application/json")
                    .header("X-Subscription-Token", key);
        }

        @Override
        public List<List<String>> hits() {
            return List.of(List.of("web", "results"));
        }

        @Override
        public String snippet() {
            return "description";
        }

        @Override
        public String remedy() {
            return "the key in web.search-key or BRAVE_API_KEY may be wrong";
        }

        @Override
        public String toString() {
            return "Brave at " + address; // never its key
        }
    }
}
