package dev.bantam.tui;

import static org.assertj.core.api.Assertions.assertThat;

import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CleanTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b]52;c;ZXZpbA==\u0007",
                "\u001b[?1049h",
                "\u009b2J",
                "\u001bP+q544e\u001b\\",
                "a\rb",
                "a\bb",
                "a\u007fb",
                "\u202egpj.exe",
                "\u2066x\u2069",
                "\udb40\udc41tag",
                "\ud800",
                "a\u2028b"
            })
    void nothingThatSteersATerminalSurvives(String hostile) {
        String clean = Clean.text(hostile);
        assertThat(clean.codePoints()).allMatch(codePoint -> Clean.harmless(codePoint) == codePoint);
        assertThat(clean).doesNotContain("\u001b").isNotEqualTo(hostile);
    }

    @ParameterizedTest
    @EnumSource(Ink.class)
    void paintingIsTheLastGuardAgainstControlCharacters(Ink ink) {
        String painted = ink.paint(new AttributedString("a\u001b]0;title\u0007\n\u0085b", Ink.BAD));
        assertThat(painted.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo("a␛]0;title␇␊�b");
    }

    @Test
    void ordinaryTextOfAllScriptsIsLeftAlone() {
        String text = "naïve 中文 مرحبا עברית नमस्ते 👩‍👩‍👧 é\nline two";
        assertThat(Clean.text(text)).isEqualTo(text);
    }

    @Test
    void oneLineIsMadeOfSeveralAndColoursOfBuildToolsAreLeftOut() {
        assertThat(Clean.line(" \u001b[1;31mred\u001b[m\r\n\tnext ")).isEqualTo("red     next");
    }
}
