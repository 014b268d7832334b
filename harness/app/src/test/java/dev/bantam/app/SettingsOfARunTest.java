package dev.bantam.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.app.setup.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsOfARunTest {
    private static final String CALL = "{\"tool_calls\":[{\"tool\":\"ls\",\"arguments\":{}}]}";

    @TempDir
    Path folder;

    private Started bantam;

    @BeforeEach
    void start() throws IOException {
        bantam = new Started(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"local-only\": false",
                "\"base-url\": \"http://evil.example\"",
                "\"base-url\": \"http://127.0.0.1.evil.example/\"",
                "\"base-url\": \"http://127.0.0.1@evil.example/\"",
                "\"api-key\": {\"openai\": \"x\"}"
            })
    void aTrustedProjectCannotLoosenTheUsersSafety(String setting) throws IOException {
        bantam.file(".bantam/settings.json", "{" + setting + "}");

        assertThat(bantam.run("-p", "hi", "--trust", "-m", bantam.script("{\"text\":\"done\"}")))
                .isEqualTo(Exit.USAGE);
        assertThat(bantam.err())
                .contains(bantam.workspace.resolve(".bantam/settings.json").toString())
                .contains(setting.substring(1, 8))
                .contains("your own settings file");
    }

    @Test
    void aTrustedProjectBringsTheSettingsOfItsWork() throws IOException {
        bantam.file(
                ".bantam/settings.json",
                "{\"turn-cap.max-turns\": 1, \"temperature\": 0.5, \"tools\": [\"ls\", \"read\"],"
                        + " \"append-system-prompt\": \"Be brief.\", \"thinking\": \"off\"}");
        String model = bantam.script(CALL, CALL, "{\"text\":\"done\"}");

        assertThat(bantam.run("-p", "hi", "--trust", "-m", model)).isEqualTo(Exit.STOPPED);
        assertThat(bantam.run("-p", "hi", "-m", model)).isEqualTo(Exit.COMPLETED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--max-turns=0",
                "--context=0",
                "--context=-5",
                "--temperature=3",
                "--set=max-output-tokens=0",
                "--set=stdin-wait=-1"
            })
    void aNumberOutOfBoundsIsAUsageErrorThatSaysWhatIsAllowed(String option) throws IOException {
        assertThat(bantam.run("-p", "hi", option, "-m", bantam.script("{\"text\":\"done\"}")))
                .isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).containsAnyOf("at least", "from 0.0 to 2.0");
        assertThat(bantam.sessions()).doesNotExist();
    }

    @Test
    void aTurnLimitWithNothingToKeepItIsRefused() throws IOException {
        assertThat(bantam.run(
                        "-p", "hi", "--max-turns", "3", "--ext=-turn-cap", "-m", bantam.script("{\"text\":\"done\"}")))
                .isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).contains("--max-turns").contains("turn-cap");
    }

    @Test
    void aPlanIsMadeAndApprovedByItsFile() throws IOException {
        String planning = bantam.script("{\"text\":\"1. Write a.py\"}");
        String acting = bantam.script(
                "{\"tool_calls\":[{\"tool\":\"write\",\"arguments\":{\"path\":\"a.py\",\"content\":\"x\"}}]}",
                "{\"text\":\"done\"}");

        assertThat(bantam.run("-p", "go", "--plan", "ask", "-m", planning)).isEqualTo(Exit.STOPPED);
        assertThat(bantam.run("--plan", "require", "PLAN.md", "-p", "go", "-m", acting))
                .isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).contains("the plan PLAN.md is not approved");
        Path plan = bantam.workspace.resolve("PLAN.md");
        Files.writeString(plan, Files.readString(plan).replace("proposed", "approved"));
        assertThat(bantam.run("--plan=require=PLAN.md", "-p", "go", "-m", acting))
                .isEqualTo(Exit.COMPLETED);
        assertThat(bantam.workspace.resolve("a.py")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--plan=maybe", "--plan", "--plan=require", "--plan=auto --ext=-plan-act"})
    void aPlanThatNobodyCouldHeedIsAUsageError(String options) throws IOException {
        String[] words = ("-m " + bantam.script("{\"text\":\"done\"}") + " -p hi " + options).split(" ");

        assertThat(bantam.run(words)).isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).contains("--plan");
    }

    @Test
    void aKeyThatOthersMayReadIsPointedOut() throws IOException {
        Path settings = bantam.settings("{\"api-key\": {\"openai\": \"sk-1234\"}}");
        String model = bantam.script("{\"text\":\"done\"}");

        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(bantam.run("-p", "hi", "-m", model)).isEqualTo(Exit.COMPLETED);
        assertThat(bantam.err()).contains("chmod 600 " + settings).doesNotContain("sk-1234");

        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-------"));
        assertThat(bantam.run("-p", "hi", "-m", model)).isEqualTo(Exit.COMPLETED);
        assertThat(bantam.err()).isEmpty();
    }

    @Test
    void aDataFolderThatCannotBeMadeIsNoReasonToSwitchAnExtensionOff() throws IOException {
        Files.createDirectories(bantam.data());
        Files.writeString(bantam.data().resolve("extension-data"), "a file in the way");

        assertThat(bantam.run("-p", "hi", "-m", bantam.script("{\"text\":\"done\"}")))
                .isEqualTo(Exit.USAGE);

        assertThat(bantam.err()).contains("extension-data", "XDG_DATA_HOME").doesNotContain("--ext -");
    }
}
