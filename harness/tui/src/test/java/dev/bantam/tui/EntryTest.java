package dev.bantam.tui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.tui.Key.Named;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryTest {
    private final Entry entry = new Entry();

    @Test
    void textIsEditedWhereTheCursorStands() {
        entry.type("run the 👍tests");
        entry.edit(Named.HOME);
        entry.type("please ");
        entry.edit(Named.END);
        entry.edit(Named.KILL_WORD);
        entry.edit(Named.BACKSPACE);
        assertThat(entry.take()).isEqualTo("please run the");
        assertThat(entry.text()).isEmpty();
    }

    @Test
    void aBackslashBeforeEnterBeginsANewLine() {
        entry.type("one\\");
        assertThat(entry.continues()).isTrue();
        assertThat(entry.text()).isEqualTo("one\n");
        assertThat(entry.continues()).isFalse();
    }

    @Test
    void theRowAlwaysFitsAndHasTheCursorInIt() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] bits = {"a", "中", "👍", "\n", "\u001b", " ", "é"};
        for (int i = 0; i < 3_000; i++) {
            int width = 10 + random.nextInt(60);
            entry.type(bits[random.nextInt(bits.length)]);
            entry.edit(Named.values()[random.nextInt(Named.values().length)]);
            Entry.Row row = entry.row(width);
            assertThat(row.line().columnLength()).as("seed %d", seed).isLessThanOrEqualTo(width);
            assertThat(row.cursor()).as("seed %d", seed).isBetween(2, width - 1);
        }
    }
}
