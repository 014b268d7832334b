package dev.bantam.model.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTest {
    @ParameterizedTest
    @CsvSource({
        "Qwen3 30B A3B,qwen3moe,qwen3,true,0.6,20,0.95",
        "Qwen3-4B-Thinking-2507,qwen3,qwen3,true,0.6,20,0.95",
        "Qwen3-30B-A3B-Instruct-2507,qwen3moe,qwen3-instruct,false,0.7,20,0.8",
        "Qwen3 Coder 30B A3B Instruct,qwen3moe,qwen3-coder,true,0.7,20,0.8",
        "Qwen3.6-35B-A3B,qwen35moe,qwen3.5,true,0.6,20,0.95",
        "a fine-tuned model,qwen35,qwen3.5,true,0.6,20,0.95",
        "Gpt-Oss-20B,gpt-oss,gpt-oss,true,1.0,0,1.0",
        "Devstral Small 2507,llama,mistral,true,0.15,0,1.0",
        "Llama 3.2 3B Instruct,llama,llama3,true,0.6,0,0.9",
        "bantam-tiny-agent,qwen3moe,tiny-agent,false,0,20,0.95",
    })
    void aFamilyIsKnownByWhatTheFileCallsItself(
            String name, String architecture, String family, boolean thinks, double temperature, int topK, float topP) {
        Profile profile = Profile.of(List.of(name, "", architecture), "<think>");

        assertThat(profile.forHarness().family()).isEqualTo(family);
        assertThat(profile.thinks()).isEqualTo(thinks);
        assertThat(profile.forHarness().temperature()).hasValue(temperature);
        assertThat(profile.topK()).isEqualTo(topK);
        assertThat(profile.topP()).isEqualTo(topP);
        assertThat(profile.thinkingClosing()).isEqualTo("I have thought enough; I answer now.");
    }

    @Test
    void anUnknownFamilyThinksWhenItsTemplateSaysSo() {
        assertThat(Profile.of(List.of("other", "", "phi3"), "<|user|>").thinks())
                .isFalse();
        Profile thinking = Profile.of(List.of("other", "", "phi3"), "[THINK]");
        assertThat(thinking.thinks()).isTrue();
        assertThat(thinking.forHarness().family()).isEqualTo("phi3");
        assertThat(thinking.forHarness().temperature()).isEmpty();
    }
}
