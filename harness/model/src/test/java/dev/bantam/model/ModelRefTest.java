package dev.bantam.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.api.ThinkingLevel;
import dev.bantam.model.server.ServerKind;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelRefTest {
    private static final Path HOME = Path.of("/home/ada");

    @ParameterizedTest
    @CsvSource({
        "openai/gpt-4.1-mini,OPENAI,gpt-4.1-mini",
        "llamacpp/,LLAMACPP,''",
        "ollama/qwen3:14b,OLLAMA,qwen3:14b",
        "ollama/hf.co/unsloth/Qwen3-GGUF:Q4_K_M,OLLAMA,hf.co/unsloth/Qwen3-GGUF:Q4_K_M",
        "openrouter/qwen/qwen3-coder:free,OPENROUTER,qwen/qwen3-coder:free",
        "ollama/tiny:27,OLLAMA,tiny:27",
    })
    void aServersModelKeepsItsWholeName(String text, ServerKind kind, String id) {
        assertThat(ModelRef.parse(text, HOME)).isEqualTo(new ModelRef.OnServer(kind, id, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "ollama/qwen3:14b:low,qwen3:14b,low",
        "ollama/qwen3:off,qwen3,off",
        "ollama/qwen3:2048,qwen3,2048",
    })
    void aLevelBehindTheNameIsTakenOff(String text, String id, String level) {
        assertThat(ModelRef.parse(text, HOME))
                .isEqualTo(new ModelRef.OnServer(ServerKind.OLLAMA, id, Optional.of(ThinkingLevel.parse(level))));
    }

    @Test
    void filesFoldersScriptsAndLocalNamesAreToldApart(@TempDir Path folder) {
        assertThat(ModelRef.parse("~/models/a.gguf:high", HOME))
                .isEqualTo(new ModelRef.File(HOME.resolve("models/a.gguf"), Optional.of(ThinkingLevel.HIGH)));
        assertThat(ModelRef.parse("models/b.GGUF", HOME))
                .isEqualTo(new ModelRef.File(Path.of("models/b.GGUF"), Optional.empty()));
        assertThat(ModelRef.parse(folder.toString(), HOME)).isEqualTo(new ModelRef.File(folder, Optional.empty()));
        assertThat(ModelRef.parse("script/demo.jsonl", HOME))
                .isEqualTo(new ModelRef.Script(Path.of("demo.jsonl"), Optional.empty()));
        assertThat(ModelRef.parse("script//tmp/demo.jsonl", HOME))
                .isEqualTo(new ModelRef.Script(Path.of("/tmp/demo.jsonl"), Optional.empty()));
        assertThat(ModelRef.parse("local/box", HOME)).isEqualTo(new ModelRef.Local("box", Optional.empty()));
    }

    @Test
    void anUnknownProviderGetsTheListAndTheNearest() {
        assertThatThrownBy(() -> ModelRef.parse("olama/qwen3:14b", HOME))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("openai, llamacpp, lmstudio, vllm, openrouter, ollama, anthropic, local, script")
                .hasMessageContaining("Did you mean ollama/qwen3:14b?");
    }

    @Test
    void aBareNameIsNoModel() {
        assertThatThrownBy(() -> ModelRef.parse("qwen3:14b", HOME)).hasMessageContaining("PROVIDER/MODEL");
        assertThatThrownBy(() -> ModelRef.parse("", HOME)).hasMessageContaining("PROVIDER/MODEL");
    }
}
