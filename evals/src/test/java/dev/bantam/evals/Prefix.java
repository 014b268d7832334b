package dev.bantam.evals;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;

/** How far each request repeats the one before: what a server need not read again. */
final class Prefix {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUMMARY = "will be replaced by your summary";

    private Prefix() {}

    /**
     * Counts the requests that do not go on where the one before ended. The tools and the system prompt must be the same
     * in all. A question for a summary is left out: it goes on from a part that is about to be replaced.
     */
    static long begunAnew(List<String> bodies) throws IOException {
        int count = 0;
        JsonNode before = JSON.readTree(bodies.getFirst());
        for (String body : bodies.subList(1, bodies.size())) {
            JsonNode request = JSON.readTree(body);
            assertThat(request.path("tools").toString())
                    .isEqualTo(before.path("tools").toString());
            assertThat(request.path("messages").path(0).toString())
                    .isEqualTo(before.path("messages").path(0).toString());
            if (!asksForASummary(request)) {
                count += growing(request).startsWith(growing(before)) ? 0 : 1;
                before = request;
            }
        }
        return count;
    }

    static boolean asksForASummary(JsonNode request) {
        JsonNode messages = request.path("messages");
        return messages.path(messages.size() - 1).path("content").asText().contains(SUMMARY);
    }

    /** The messages without the bracket that closes their list. */
    private static String growing(JsonNode request) {
        String messages = request.path("messages").toString();
        return messages.substring(0, messages.length() - 1);
    }
}
