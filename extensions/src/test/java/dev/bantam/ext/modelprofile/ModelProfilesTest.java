package dev.bantam.ext.modelprofile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.api.Capabilities;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Event;
import dev.bantam.api.Hooks;
import dev.bantam.api.ModelInfo;
import dev.bantam.api.ModelProfile;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.ext.Rig;
import dev.bantam.ext.knowledgeinject.KnowledgeInject;
import dev.bantam.ext.skillinject.SkillInject;
import dev.bantam.ext.turncap.TurnCap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelProfilesTest {
    @TempDir
    Path folder;

    private Rig rig() {
        return new Rig(folder.resolve("workspace"))
                .folders(folder.resolve("data"))
                .with(new ModelProfiles());
    }

    private void users(String name, String json) throws IOException {
        Files.createDirectories(folder.resolve("data/config/profiles"));
        Files.writeString(folder.resolve("data/config/profiles/" + name + ".json"), json);
    }

    @Test
    void theUsersOwnProfileShapesEveryRequestAndTellsItsTextOnce() throws IOException {
        users(
                "mine",
                "{\"match\": \"^SCRIPTED$\", \"temperature\": 0.1, \"thinking_budget\": 512, \"max_output_tokens\": 2000,"
                        + " \"prompt\": \"Keep functions short.\"}");
        Rig rig = rig();
        rig.model.calls("read", "path", "a").says("one").says("two");

        rig.run("go");
        rig.run("go on");

        assertThat(rig.model.requests())
                .allSatisfy(request -> assertThat(request.options())
                        .isEqualTo(new ChatRequest.Options(
                                new ThinkingLevel(Optional.of(512)),
                                OptionalDouble.of(0.1),
                                OptionalLong.empty(),
                                2_000)));
        assertThat(rig.conversation())
                .filteredOn(message -> message.text().equals("Keep functions short."))
                .hasSize(1);
        assertThat(rig.model.requests().getFirst().messages().getLast().text()).isEqualTo("Keep functions short.");
        assertThat(rig.decisions()).containsExactly("model-profile model profile", "model-profile request guided");
    }

    @Test
    void settingsThatTheUserLeftOpenAreTakenFromTheProfile() throws IOException {
        users("mine", "{\"match\": \"scripted\", \"settings\": {\"turn-cap.max-turns\": 1}}");
        Rig capped = rig().with(new TurnCap());
        capped.model.calls("read", "path", "a");
        Rig free = new Rig(folder.resolve("other"))
                .folders(folder.resolve("data"))
                .with(new ModelProfiles())
                .with(new TurnCap())
                .set("turn-cap.max-turns", 2);
        free.model.calls("read", "path", "a").says("done");

        assertThat(capped.run("go").outcome()).isEqualTo(Event.Outcome.STOPPED);
        assertThat(free.run("go").outcome()).isEqualTo(Event.Outcome.COMPLETED);
    }

    @Test
    void whatTheUserSetStays() throws IOException {
        users("mine", "{\"match\": \"scripted\", \"temperature\": 0.1, \"thinking_budget\": 512}");
        Rig rig = rig().with("user", new Hooks() {
            @Override
            public Optional<ChatRequest.Options> shapeOptions(ChatRequest.Options options) {
                return Optional.of(new ChatRequest.Options(
                        ThinkingLevel.HIGH, OptionalDouble.of(0.9), options.seed(), options.maxOutputTokens()));
            }
        });
        rig.model.says("ok");

        rig.run("go");

        assertThat(rig.model.lastRequest().options().thinking()).isEqualTo(ThinkingLevel.HIGH);
        assertThat(rig.model.lastRequest().options().temperature()).hasValue(0.9);
    }

    @Test
    void aModelOfNoKnownFamilyIsLeftAlone() throws IOException {
        users("other", "{\"match\": \"another\", \"temperature\": 0.1, \"prompt\": \"x\"}");
        Rig rig = rig();
        rig.model.says("ok");

        rig.run("go");

        assertThat(rig.model.lastRequest().options())
                .isEqualTo(new ChatRequest.Options(
                        ThinkingLevel.MODEL_DEFAULT, OptionalDouble.empty(), OptionalLong.empty(), 4_096));
        assertThat(rig.conversation()).hasSize(1);
        assertThat(rig.decisions()).isEmpty();
    }

    @Test
    void aBenchmarkAsksEveryModelAlike() {
        Rig rig = rig().with(new SkillInject()).with(new KnowledgeInject()).set("model-profile.use", "benchmark");
        rig.model.says("ok");

        rig.run("go");

        ChatRequest.Options options = rig.model.lastRequest().options();
        assertThat(options.temperature()).hasValue(0.3);
        assertThat(options.thinking().budget()).hasValue(2_048);
        assertThat(options.maxOutputTokens()).isEqualTo(4_096);
    }

    @Test
    void aThoughtNeverTakesMoreThanHalfOfTheReply() throws IOException {
        users("mine", "{\"match\": \"scripted\", \"thinking_budget\": 9000}");
        Rig rig = rig();
        rig.model.says("ok");

        rig.run("go");

        assertThat(rig.model.lastRequest().options().thinking().budget()).hasValue(2_048);
    }

    @ParameterizedTest
    @CsvSource({
        "llamacpp/Qwen3-8B-Q4_K_M.gguf, qwen3, qwen3-thinking, 2048",
        "/models/some.gguf, qwen3.5, qwen3-thinking, 2048",
        "local/Qwen3-Coder-30B-A3B, qwen3-coder, qwen3-coder, -1",
        "ollama/gpt-oss:20b, gpt-oss, gpt-oss, 4096",
        "llamacpp/DeepSeek-R1-Distill-8B, llama3, deepseek-r1, 2048",
        "local/tiny-agent, tiny-agent, none, -1"
    })
    void knowsAFamilyByTheModelsNameOrWhatItsFileSays(String ref, String family, String profile, int thinking) {
        ModelInfo model =
                new ModelInfo(ref, 32_768, Optional.empty(), true, Capabilities.REMOTE, ModelProfile.plain(family));

        Profile found = Shelf.of(folder).fitting(model);

        assertThat(found.name()).isEqualTo(profile);
        assertThat(found.thinking()).isEqualTo(thinking < 0 ? OptionalInt.empty() : OptionalInt.of(thinking));
    }

    @Test
    void theUsersValuesHoldBeforeOursFieldByField() throws IOException {
        users("mine", "{\"match\": \"qwen3\", \"temperature\": 0.2}");
        ModelInfo model = new ModelInfo(
                "llamacpp/qwen3", 32_768, Optional.empty(), true, Capabilities.REMOTE, ModelProfile.plain("qwen3"));

        Profile found = Shelf.of(folder.resolve("data/config")).fitting(model);

        assertThat(found.name()).isEqualTo("mine over qwen3-thinking");
        assertThat(found.temperature()).hasValue(0.2);
        assertThat(found.thinking()).hasValue(2_048);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"temprature\": 1} | the key \"temprature\" is unknown; there are match, max_output_tokens, prompt,",
                "{\"temperature\": 3} | \"temperature\" must be a number from 0 to 2",
                "{\"thinking_budget\": \"low\"} | \"thinking_budget\" must be a whole number of tokens, at least 0",
                "{\"max_output_tokens\": 0} | \"max_output_tokens\" must be a whole number of tokens, at least 1",
                "{\"match\": \"(\"} | \"match\" is no regular expression",
                "{\"match\": \"a\", } | line 1: a key in double quotes is missing"
            })
    void aWrongProfileIsSaidWithItsFileAndKey(String json, String fault) throws IOException {
        users("wrong", json);

        assertThatThrownBy(() -> rig().run("go"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("profiles/wrong.json: " + fault);
    }

    @Test
    void anUnknownNameIsSaidWithThoseThatThereAre() {
        assertThatThrownBy(() -> rig().set("model-profile.use", "fast").run("go"))
                .hasMessageContaining("model-profile.use is fast; there are: auto, gpt-oss, ")
                .hasMessageContaining("benchmark");
    }
}
