package dev.bantam.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bantam.app.Started;
import dev.bantam.app.setup.Exit;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    Path folder;

    private Started bantam;

    @BeforeEach
    void start() throws IOException {
        bantam = new Started(folder);
        bantam.environment.put("DOCKER_HOST", "unix:///no/such/engine.sock");
    }

    @Test
    void tellsWhatWorksAndWhatItCosts() {
        int exit = bantam.run("--sandbox", "none", "-m", "local/tiny-agent", "doctor", "--commands", "2");

        assertThat(bantam.out())
                .contains(
                        "java", "local/tiny-agent", "unix:///no/such/engine.sock", "commands run in: none", "| none |");
        assertThat(exit).isZero();
    }

    @Test
    void failsWhereCommandsWouldBeRefused() throws IOException {
        bantam.withoutSandboxes();

        assertThat(bantam.run("-m", "local/tiny-agent", "doctor", "--commands", "1"))
                .isEqualTo(Exit.FAILED);
        assertThat(bantam.out()).contains("!!  sandbox", "commands are refused", "--sandbox none");
    }

    @Test
    void saysWhatIsWrongWithTheSettingsAndGoesOn() throws IOException {
        bantam.settings("{\"sandbx\": \"none\"}");

        assertThat(bantam.run("doctor")).isEqualTo(Exit.FAILED);
        assertThat(bantam.out()).contains("ok  java", "!!  settings", "sandbx", "sandbox");
    }

    @Test
    void tellsAllOfItAsOneObject() throws IOException {
        bantam.run("--sandbox", "none", "-m", "local/tiny-agent", "doctor", "--json", "--commands", "1");

        JsonNode told = new ObjectMapper().readTree(bantam.out());
        assertThat(told.path("findings").findValuesAsText("name")).contains("java", "settings", "model", "sandbox");
        assertThat(told.path("sandboxes").path("none").path("command_p50_ms").asDouble())
                .isPositive();
    }
}
