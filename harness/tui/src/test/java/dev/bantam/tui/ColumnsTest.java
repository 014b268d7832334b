package dev.bantam.tui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void wideCharactersCountTwoColumns() {
        assertThat(Columns.cut("中文中文", 8)).isEqualTo("中文中文");
        assertThat(Columns.cut("中文中文", 7)).isEqualTo("中文中…");
        assertThat(Columns.cut("中文中文", 6)).isEqualTo("中文…");
    }

    @Test
    void combiningMarksCountNothingButCannotPileUpWithoutEnd() {
        assertThat(Columns.cut("é́é́", 2)).isEqualTo("é́é́");
        assertThat(Columns.cut("e" + "\u0301".repeat(10_000), 10).length()).isLessThan(100);
    }

    @Test
    void linesBreakBetweenWordsAndLoseNothing() {
        String text = "The quick brown fox  jumps over averyveryverylongwordindeed and 中文中文中文中文中文";
        List<String> rows = rows(text, 20);
        assertThat(rows)
                .allSatisfy(row ->
                        assertThat(new AttributedString(row).columnLength()).isLessThanOrEqualTo(20));
        assertThat(String.join("", rows).replace(" ", "")).isEqualTo(text.replace(" ", ""));
        assertThat(rows.getFirst()).isEqualTo("The quick brown fox");
    }

    @Test
    void indentationOfALongLineIsKept() {
        assertThat(rows("    indented words that are long", 16).getFirst()).startsWith("    indented");
    }

    private static List<String> rows(String text, int width) {
        return Columns.wrap(new AttributedString(text), width).stream()
                .map(AttributedString::toString)
                .toList();
    }
}
