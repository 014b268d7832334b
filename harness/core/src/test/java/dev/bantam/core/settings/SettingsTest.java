package dev.bantam.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.api.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final Setting<String> MODEL = Setting.text("model", null, "Which model to use.");
    private static final Setting<Integer> TURNS = Setting.whole("turn-cap.max-turns", 60, "Turns a run may take.");
    private static final Setting<Double> TEMPERATURE = Setting.real("temperature", null, "Sampling temperature.");
    private static final Setting<String> SANDBOX =
            Setting.text("sandbox", "auto", "Where commands run.", "docker", "none", "auto");

    @TempDir
    Path folder;

    private final Settings settings = Settings.declare(List.of(MODEL, TURNS, TEMPERATURE, SANDBOX));

    @Test
    void laterSourcesWinAndFallbacksStandBehind() throws ConfigException {
        Settings merged = settings.with("user", Map.of("model", "a", "temperature", 1))
                .with("project", Map.of("model", "b"))
                .withText("--set", "turn-cap.max-turns", "5");

        assertThat(merged.get(MODEL)).isEqualTo("b");
        assertThat(merged.get(TURNS)).isEqualTo(5);
        assertThat(merged.get(TEMPERATURE)).isEqualTo(1.0);
        assertThat(merged.get(SANDBOX)).isEqualTo("auto");
    }

    @Test
    void defaultsStandBehindEverySourceAndBeforeTheFallback() throws ConfigException {
        Settings merged = settings.with("user", Map.of("model", "a"))
                .withDefaults("profile", Map.of("model", "b", "turn-cap.max-turns", 7));

        assertThat(merged.get(MODEL)).isEqualTo("a");
        assertThat(merged.get(TURNS)).isEqualTo(7);
        assertThatThrownBy(() -> settings.withDefaults("profile", Map.of("no-such", 1)))
                .hasMessageContaining("profile: unknown setting");
    }

    @Test
    @SuppressWarnings({"rawtypes", "unchecked"})
    void aListOnTheCommandLineHasCommasOrIsJson() throws ConfigException {
        Setting<List> deny = Setting.texts("tool-gating.deny", "Patterns.");
        Settings lists = Settings.declare(List.of(deny));

        assertThat(lists.withText("--set", deny.key(), "[\"b*\", \"a,b\"]").get(deny))
                .isEqualTo(List.of("b*", "a,b"));
        assertThat(lists.withText("--set", deny.key(), "[]").get(deny)).isEqualTo(List.of());
        assertThat(lists.withText("--set", deny.key(), "b*,[ab]*").get(deny)).isEqualTo(List.of("b*", "[ab]*"));
        assertThatThrownBy(() -> lists.withText("--set", deny.key(), "[\"b*"))
                .hasMessageContaining("\"tool-gating.deny\" must be a list of texts, not \"[\"b*\"");
    }

    @Test
    void anUnknownKeyNamesTheNearestKnownOne() {
        assertThatThrownBy(() -> settings.with("settings.json", Map.of("modle", "x")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("settings.json: unknown setting \"modle\". Did you mean model?");
    }

    @Test
    void aWrongTypeNamesTheKeyTheValueAndWhatIsAllowed() {
        assertThatThrownBy(() -> settings.with("f", Map.of("turn-cap.max-turns", "many")))
                .hasMessageContaining("\"turn-cap.max-turns\" must be a whole number, not \"many\"");
        assertThatThrownBy(() -> settings.withText("--set", "sandbox", "jail"))
                .hasMessageContaining("must be one of docker, none, auto, not \"jail\"");
    }

    @Test
    void aNumberOutOfItsBoundsIsRefusedWhereverItComesFrom() {
        Settings bounded = Settings.declare(List.of(
                Setting.whole("context", null, "Window.", 1, Integer.MAX_VALUE),
                Setting.real("temperature", null, "Sampling.", 0, 2),
                Setting.real("max-usd", null, "Dollars.", 0, Double.MAX_VALUE)));

        assertThatThrownBy(() -> bounded.with("f", Map.of("max-usd", -1.0)))
                .hasMessageContaining("must be at least 0.0, not -1.0");
        assertThatThrownBy(() -> bounded.with("f", Map.of("context", 0)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("f: the setting \"context\" must be at least 1, not 0. Window.");
        assertThatThrownBy(() -> bounded.withText("--set", "temperature", "2.5"))
                .hasMessageContaining("must be from 0.0 to 2.0, not 2.5");
        assertThatThrownBy(() -> bounded.with("f", Map.of("temperature", Double.NaN)))
                .isInstanceOf(ConfigException.class);
    }

    @Test
    void aProjectCannotSetWhatIsTheUsersAlone() throws ConfigException {
        Setting<Boolean> localOnly = Setting.flag("local-only", false, "Never talk to another machine.")
                .userOnly();
        Settings both = Settings.declare(List.of(localOnly, MODEL));

        assertThat(both.with("mine", Map.of("local-only", true)).get(localOnly)).isTrue();
        assertThat(both.withProject("theirs", Map.of("model", "x")).get(MODEL)).isEqualTo("x");
        assertThatThrownBy(() -> both.withProject("theirs", Map.of("local-only", false)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("theirs: the setting \"local-only\" cannot be set by a project")
                .hasMessageContaining("your own settings file");
    }

    @Test
    void readsNestedAndDottedKeysAndComments() throws ConfigException, IOException {
        Path file = folder.resolve("settings.json");
        Files.writeString(file, "// mine\n{\"turn-cap\": {\"max-turns\": 7}, \"model\": \"x\"}");

        assertThat(SettingsFile.read(file))
                .containsEntry("turn-cap.max-turns", 7)
                .containsEntry("model", "x");
        assertThat(SettingsFile.read(folder.resolve("none.json"))).isEmpty();
    }

    @Test
    void brokenJsonNamesTheFileAndTheLine() throws IOException {
        Path file = folder.resolve("settings.json");
        Files.writeString(file, "{\n  \"model\": \n}");

        assertThatThrownBy(() -> SettingsFile.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("line 3");
    }
}
