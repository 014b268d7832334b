package dev.bantam.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Extension;
import dev.bantam.app.setup.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheapChecksTest {
    private static final String NO_MODEL = "script/no-such-file";

    @TempDir
    Path folder;

    private Started bantam;

    @BeforeEach
    void start() throws IOException {
        bantam = new Started(folder);
        bantam.environment.put("DOCKER_HOST", "unix:///no/such/engine.sock");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--thinking deep|thinking is off",
                "--temperature 5|temperature",
                "--ext=ALL_OFF --tools raed|Did you mean read?",
                "--no-session -c|exclude one another",
                "--sandbox docker|cannot be had"
            })
    void whatIsWrongOnTheCommandLineIsSaidBeforeAModelIsOpened(String optionsAndWords) {
        String[] both = optionsAndWords.split("\\|");
        List<String> args = new ArrayList<>(List.of("-p", "hi", "-m", NO_MODEL));
        args.addAll(List.of(both[0].replace("ALL_OFF", allOff()).split(" ")));

        assertThat(bantam.run(args.toArray(String[]::new))).isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).contains(both[1]).doesNotContain("no-such-file");
    }

    private static String allOff() {
        return ServiceLoader.load(Extension.class).stream()
                .map(extension -> "-" + extension.get().name())
                .collect(Collectors.joining(","));
    }

    @Test
    void aRunThatCannotStartLeavesNoSession() throws IOException {
        assertThat(bantam.run("-p", "hi", "--tools", "raed", "-m", bantam.script("{\"text\":\"done\"}")))
                .isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).contains("Did you mean read?");
        assertThat(bantam.sessions()).doesNotExist();
    }

    @Test
    void theDemoTakesNoOtherSandboxThanTheOneThatIsWanted() throws IOException {
        bantam.settings("{\"sandbox\": \"docker\"}");

        assertThat(bantam.run("demo")).isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).contains("--sandbox docker cannot be had");
        assertThat(bantam.out()).isEmpty();
    }
}
