package dev.bantam.evals;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server is sent over a long session: each request goes on where the one before ended, byte for byte. */
class WireIT {
    /** Zones whose clocks are more than a day apart: between two runs it is always past midnight. */
    private static final List<String> ZONES = List.of("Etc/GMT+12", "Etc/GMT-14");

    private static final Pattern TASK = Pattern.compile("(\\d+) × (\\w+) (\\S+)");

    private final List<JsonNode> events = new ArrayList<>();
    private final Map<String, Integer> left = new HashMap<>();

    @Test
    void everyRequestExtendsTheOneBeforeExceptAfterACompaction(@TempDir Path folder) throws Exception {
        Packaged bantam = new Packaged(folder);
        bantam.file("AGENTS.md", "Use tabs.\n");
        bantam.file("big.txt", "line of the large file\n".repeat(400));
        bantam.file("small.txt", "x = 1\n");
        try (ModelServer server = new ModelServer(8_192, this::answer)) {
            go(bantam, server, 0, "Look around: 6 × ls small.txt");
            go(bantam, server, 1, "Once more: 7 × read small.txt", "-c", "--thinking", "low");
            go(bantam, server, 0, "And again: 5 × read small.txt", "-c", "--thinking", "off");
            killed(bantam, server);
            go(bantam, server, 1, "Read the large one: 9 × read big.txt", "-c");
            go(bantam, server, 0, "At last: 4 × read small.txt", "-c", "--thinking", "high");
            long compactions = count("compacted");
            assertThat(compactions).isPositive();
            assertThat(Prefix.begunAnew(server.chats())).isEqualTo(compactions);
            assertNoDate(server.chats());
        }
        assertThat(count("turn_started")).isGreaterThanOrEqualTo(30);
    }

    private long count(String type) {
        return EventShape.types(events).stream().filter(type::equals).count();
    }

    private void go(Packaged bantam, ModelServer server, int zone, String prompt, String... more) throws Exception {
        Run run = start(bantam, server, zone, prompt, more).await();
        assertThat(run.exit()).as(run.err()).isZero();
        EventShape.check(run.events());
        events.addAll(run.events());
    }

    private void killed(Packaged bantam, ModelServer server) throws Exception {
        Running running = start(bantam, server, 1, "Wait: 1 × sleep long", "-c");
        running.awaitOutput("\"tool_started\"");
        running.kill().forEach(ProcessHandle::destroyForcibly);
    }

    private static Running start(Packaged bantam, ModelServer server, int zone, String prompt, String... more)
            throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("-p", prompt, "--json", "--sandbox", "none", "-m", "llamacpp/"));
        arguments.addAll(List.of("--base-url", server.url()));
        arguments.addAll(List.of(
                "--ext",
                "-loop-guard,-skill-inject,-knowledge-inject,-verify-before-done,-keep-going")); // it would end
        // these
        // repetitions,
        // rightly
        arguments.addAll(List.of(more));
        return bantam.with("TZ", ZONES.get(zone)).start(arguments.toArray(String[]::new));
    }

    /** Does what the last prompt says so many times, then ends the turn. */
    private Said answer(int number, JsonNode request) {
        if (Prefix.asksForASummary(request)) {
            return Said.text("## Done\nread files\n## Next steps\ngo on");
        }
        String prompt = "";
        for (JsonNode message : request.path("messages")) {
            if (message.path("role").asText().equals("user")) {
                prompt = message.path("content").asText();
            }
        }
        Optional<MatchResult> task = TASK.matcher(prompt).results().reduce((first, second) -> second);
        int left = left(task.orElseThrow());
        return switch (task.orElseThrow().group(2)) {
            case String any when left < 0 -> Said.text("That was reply " + number + ".");
            case "sleep" -> Said.call("bash", "command", "sleep 300");
            case "ls" -> Said.call("ls").withText("I look.");
            default -> Said.call("read", "path", task.get().group(3));
        };
    }

    private int left(MatchResult task) {
        return left.merge(task.group(), Integer.parseInt(task.group(1)) - 1, (old, most) -> old - 1);
    }

    private static void assertNoDate(List<String> bodies) {
        for (String zone : ZONES) {
            LocalDate today = LocalDate.now(ZoneId.of(zone));
            for (String pattern : List.of("yyyy-MM-dd", "d MMMM", "MMMM d", "EEEE", "d.M.yyyy", "M/d/yyyy")) {
                String date =
                        DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(today);
                assertThat(bodies).noneMatch(body -> body.contains(date));
            }
        }
    }
}
