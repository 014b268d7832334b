package dev.bantam.evals;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The main job with its commands in a container, from the command line to the engine. */
@Tag("docker")
@ExtendWith(NeedsDocker.class)
class DockerIT {
    private static final String IMAGE = System.getenv("BANTAM_TEST_IMAGE");

    private Packaged bantam;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        bantam = new Packaged(folder);
        for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
            if (variable.getKey().startsWith("DOCKER_")) {
                bantam.with(variable.getKey(), variable.getValue());
            }
        }
    }

    private Run run(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (IMAGE != null) {
            all.addFirst("sandbox.image=" + IMAGE);
            all.addFirst("--set");
        }
        return bantam.run(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(Sample.class)
    void aScriptMakesTheTestPassInAContainer(Sample sample) throws Exception {
        sample.layOut(bantam);
        List<Said> replies = new ArrayList<>(List.of(sample.replies()));
        replies.addFirst(Said.call("bash", "command", "hostname; echo \"$HOME\""));
        String script = bantam.script(replies.toArray(Said[]::new));

        Run run = run("-p", sample.task(), "--json", "--sandbox", "docker", "-m", script);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.events().getFirst().path("sandbox").asText()).isEqualTo("docker");
        assertThat(run.results().getFirst()).isEqualTo("done: bantam\n/home/bantam");
        assertThat(run.results().get(1)).startsWith("failed: ");
        assertThat(run.results().getLast()).startsWith("done: ");
        assertThat(Files.readString(bantam.workspace().resolve(sample.file)))
                .isEqualTo(sample.original().replace(sample.wrong, sample.right));
        assertThat(sample.passes(bantam)).isTrue();
    }

    @Test
    void theModelReadsALongOutputWhereItIsTold() throws Exception {
        String script = bantam.script(
                Said.call("bash", "command", "seq 1 50000"),
                Said.call("bash", "command", "cat " + bantam.data() + "/scratch/*/* | tail -n 1"),
                Said.text("Read."));

        Run run = run("-p", "go", "--json", "--sandbox", "docker", "-m", script);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.results().get(1)).isEqualTo("done: 50000");
    }

    @Test
    void theDoctorTellsOfTheContainerAndWhatItCosts() throws Exception {
        Run run = run("doctor", "--commands", "2");

        assertThat(run.exit()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("commands run in: docker", "| docker |", "engine");
    }

    @Test
    void anImageThatIsNotThereIsNamedWithTheCommandThatGetsIt() throws Exception {
        Run run = bantam.run("--set", "sandbox.image=no-such:image", "--sandbox", "docker", "-p", "hi");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("no-such:image", "bantam sandbox build");
    }
}
