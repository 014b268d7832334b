package dev.bantam.ext.web;

import dev.bantam.ext.web.Http.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Gets a page: follows redirects, checks each address, and takes nothing that is no text. */
final class PageLoader {
    private static final int MOST_REDIRECTS = 5;
    private static final int SHORT_PAGE = 300;
    private static final Pattern REFRESH = Pattern.compile(
            "^\\s*([0-5])(?:\\.\\d*)?\\s*[;,]\\s*(?:url\\s*=\\s*)?[\"']?([^\"']+)[\"']?\\s*$",
            Pattern.CASE_INSENSITIVE);

    private final Http http;
    private final Reach reach;
    private final Robots robots;

    PageLoader(Http http, Reach reach) {
        this.http = http;
        this.reach = reach;
        this.robots = new Robots(http, reach);
    }

    Page load(URI start) throws WebException, InterruptedException {
        Http.Deadline deadline = http.begin();
        URI at = start;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            reach.check(at);
            robots.check(at, deadline);
            Answer answer = http.ask(
                    HttpRequest.newBuilder(at)
                            .version(version(at))
                            .setHeader("Accept", "text/markdown, text/html;q=0.9, text/*;q=0.8, */*;q=0.5"),
                    info -> info.statusCode() / 100 == 2
                            && type(info.headers().firstValue("Content-Type")).mayBeText(),
                    deadline);
            if (isRedirect(answer)) {
                at = WebAddress.resolve(at, answer.header("Location"));
                continue;
            }
            MediaType type = type(answer.headers().firstValue("Content-Type"));
            Faults.check(at, answer, type);
            if (!type.isHtml() && !(type.name().isEmpty() && PageText.looksLikeHtml(answer.body()))) {
                return new Page(
                        at,
                        "",
                        PageText.plain(answer.body(), answer.cut(), type).strip(),
                        answer.cut());
            }
            Document document = PageText.html(answer.body(), answer.cut(), type, at);
            String text = Markdown.of(document);
            Optional<String> elsewhere = text.length() < SHORT_PAGE ? refresh(document) : Optional.empty();
            if (elsewhere.isEmpty()) {
                return page(at, document, text, answer.cut());
            }
            at = WebAddress.resolve(at, elsewhere.get());
        }
        throw WebException.failed(start + " was redirected more than " + MOST_REDIRECTS + " times, at last to " + at
                + ". Take another source.");
    }

    private static Page page(URI at, Document document, String text, boolean cut) throws WebException {
        if (text.isBlank()) {
            throw WebException.failed(
                    at + " has no text without running its scripts. Look for another page, such as the"
                            + " project's documentation source or an API.");
        }
        return new Page(at, PageText.clean(document.title()).replace('\n', ' ').strip(), text, cut);
    }

    private static MediaType type(Optional<String> header) {
        return MediaType.of(header.orElse(""));
    }

    static boolean isRedirect(Answer answer) {
        return switch (answer.status()) {
            case 301, 302, 303, 307, 308 -> !answer.header("Location").isBlank();
            default -> false;
        };
    }

    /** Without an offer of HTTP/2 in clear text, which confuses old servers. */
    static HttpClient.Version version(URI uri) {
        return uri.getScheme().equals("https") ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
    }

    private static Optional<String> refresh(Document document) {
        for (Element meta : document.select("meta[http-equiv=refresh]")) {
            Matcher refresh = REFRESH.matcher(meta.attr("content"));
            if (refresh.matches()) {
                return Optional.of(refresh.group(2).strip());
            }
        }
        return Optional.empty();
    }
}
