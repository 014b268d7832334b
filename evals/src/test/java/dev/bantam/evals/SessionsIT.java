package dev.bantam.evals;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions: kept, listed, shown, taken up again, copied, or not kept at all. */
class SessionsIT {
    private Packaged bantam;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        bantam = new Packaged(folder);
    }

    private Run say(String prompt, String answer, String... more) throws Exception {
        String[] arguments = new String[more.length + 5];
        List<String> first = List.of("-p", prompt, "--json", "-m", bantam.script(Said.text(answer)));
        System.arraycopy(first.toArray(), 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return bantam.run(arguments);
    }

    private static String id(Run run) throws Exception {
        assertThat(run.exit()).as(run.err()).isZero();
        return run.events().getFirst().path("id").asText();
    }

    @Test
    void areListedNewestFirstAndShown() throws Exception {
        String first = id(say("Count the sheep", "seven sheep"));
        String second = id(say("Count the goats", "two goats"));
        Run list = bantam.run("sessions", "ls");
        assertThat(list.out().lines().toList()).hasSize(2);
        assertThat(list.out()).contains("Count the sheep", "Count the goats");
        List<JsonNode> json = bantam.run("sessions", "ls", "--json").events();
        assertThat(json).extracting(each -> each.path("id").asText()).containsExactly(second, first);
        assertThat(json.getFirst().path("cwd").asText())
                .isEqualTo(bantam.workspace().toString());
        assertThat(json.getFirst().path("title").asText()).isEqualTo("Count the goats");
        Run shown = bantam.run("sessions", "show", first);
        assertThat(shown.exit()).isZero();
        assertThat(shown.out()).contains("> Count the sheep", "seven sheep");
        assertThat(bantam.run("sessions", "show", first, "--json").events())
                .extracting(event -> event.path("type").asText())
                .contains("session_started", "user_message", "assistant_message", "run_finished");
    }

    @Test
    void goOnByTheEndOfTheirId() throws Exception {
        String first = id(say("Count the sheep", "seven sheep"));
        id(say("Count the goats", "two goats"));
        Run resumed = say("And now?", "eight sheep", "-r", first.substring(first.length() - 6));
        assertThat(id(resumed)).isEqualTo(first);
        assertThat(bantam.run("sessions", "show", first).out()).contains("seven sheep", "And now?", "eight sheep");
    }

    @Test
    void continueTakesTheLastOneOfThisFolder() throws Exception {
        id(say("Count the sheep", "seven sheep"));
        String second = id(say("Count the goats", "two goats"));
        assertThat(id(say("And now?", "three goats", "-c"))).isEqualTo(second);
    }

    @Test
    void aForkLeavesTheOriginalAlone() throws Exception {
        String first = id(say("Count the sheep", "seven sheep"));
        byte[] before = Files.readAllBytes(bantam.session());
        Run fork = say("And now?", "eight sheep", "--fork", first);
        assertThat(id(fork)).isNotEqualTo(first);
        assertThat(bantam.run("sessions", "show", id(fork)).out()).contains("seven sheep", "eight sheep");
        assertThat(bantam.sessions().resolve(first + ".jsonl")).hasBinaryContent(before);
    }

    @Test
    void mayLieInAnyFile() throws Exception {
        Path file = bantam.folder().resolve("mine.jsonl");
        id(say("Count the sheep", "seven sheep", "--session", file.toString()));
        id(say("And now?", "eight sheep", "--session", file.toString()));
        assertThat(Files.readString(file)).contains("seven sheep", "eight sheep");
        assertThat(bantam.keepsNoSession()).isTrue();
    }

    @Test
    void areNotKeptWhenNobodyWantsThem() throws Exception {
        id(say("Count the sheep", "seven sheep", "--no-session"));
        assertThat(bantam.keepsNoSession()).isTrue();
        assertThat(bantam.run("sessions", "ls").out()).isEmpty();
    }

    @Test
    void anUnknownOneIsBadUsage() throws Exception {
        Run run = say("And now?", "nothing", "-r", "no-such");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("there is no session \"no-such\"", "bantam sessions ls");
        assertThat(run.out()).isEmpty();
    }
}
