package dev.bantam.evals;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model in the box, as anyone meets it first. */
class BoxIT {
    @Test
    void solvesTasksOfSixKinds(@TempDir Path folder) throws Exception {
        Run run = new Packaged(folder)
                .run("eval", "box", "--least", "6", "--only", "dev-001,dev-008,dev-014,dev-018,dev-029,dev-040");
        assertThat(run.out()).contains("solved 6 of 6");
        assertThat(run.exit()).isZero();
    }

    @Test
    void solvesTheDemo(@TempDir Path folder) throws Exception {
        Run run = new Packaged(folder).run("demo");
        assertThat(run.exit()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("all tests passed");
    }

    @Test
    void isTakenWhenNoModelIsNamedAndSaysWhatItIs(@TempDir Path folder) throws Exception {
        Packaged bantam = new Packaged(folder);
        bantam.file("a.py", "LIMIT = 3\n");
        Run run = bantam.run("-p", "Change LIMIT to 5 in a.py.", "--json", "--set", "discover=false");
        assertThat(run.err()).contains("tiny-agent");
        EventShape.check(run.events());
        assertThat(run.events().getFirst().path("model").asText()).isEqualTo("local/tiny-agent");
    }
}
