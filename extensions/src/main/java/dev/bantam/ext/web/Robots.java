package dev.bantam.ext.web;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The robots.txt of each host that was asked in this session; read once. */
final class Robots {
    private static final int MOST_REDIRECTS = 5;

    private final Http http;
    private final Reach reach;
    private final Map<String, RobotRules> known = new HashMap<>();

    Robots(Http http, Reach reach) {
        this.http = http;
        this.reach = reach;
    }

    /** @throws WebException when the host does not want this page to be read by a program */
    void check(URI page, Http.Deadline deadline) throws WebException, InterruptedException {
        String origin = page.getScheme() + "://" + page.getRawAuthority();
        RobotRules rules = known.get(origin);
        if (rules == null) {
            rules = read(URI.create(origin + "/robots.txt"), deadline);
            known.put(origin, rules);
        }
        String query = page.getRawQuery() == null ? "" : "?" + page.getRawQuery();
        if (!rules.allows(page.getRawPath() + query)) {
            throw WebException.refused("the robots.txt of " + page.getHost() + " does not let programs read " + page
                    + ". Take another source; do not fetch it by another way.");
        }
    }

    private RobotRules read(URI start, Http.Deadline deadline) throws WebException, InterruptedException {
        URI at = start;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            reach.check(at);
            Http.Answer answer =
                    http.ask(HttpRequest.newBuilder(at).version(PageLoader.version(at)), any -> true, deadline);
            if (answer.status() / 100 == 2) {
                return RobotRules.parse(new String(answer.body(), StandardCharsets.UTF_8));
            }
            if (answer.status() >= 500 || answer.status() == 429) {
                throw WebException.failed(start + " cannot be read now (HTTP " + answer.status()
                        + "), so the host's pages may not be fetched. Try again later, or take another source.");
            }
            if (!PageLoader.isRedirect(answer)) {
                return RobotRules.NONE; // there is none
            }
            at = WebAddress.resolve(at, answer.header("Location"));
        }
        return RobotRules.NONE;
    }
}
