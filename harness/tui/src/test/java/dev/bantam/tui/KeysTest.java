package dev.bantam.tui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.tui.Key.Named;
import dev.bantam.tui.Key.Typed;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.NonBlocking;
import org.junit.jupiter.api.Test;

class KeysTest {
    @Test
    void aLoneEscapeIsToldFromASequence() throws IOException {
        assertThat(keys("\u001b")).containsExactly(Named.ESCAPE);
        assertThat(keys("\u001b[C\u001bOD")).containsExactly(Named.RIGHT, Named.LEFT);
        assertThat(keys("\u001b[5~\u001b[1;5C\u001b[A")).containsExactly(Named.OTHER, Named.OTHER, Named.OTHER);
    }

    @Test
    void enterAltEnterAndShiftEnterDiffer() throws IOException {
        assertThat(keys("\r\u001b\r\n\u001b[13;2u\u001b[13;3u\u001b[27;2;13~"))
                .containsExactly(
                        Named.ENTER, Named.ALT_ENTER, Named.NEWLINE, Named.NEWLINE, Named.ALT_ENTER, Named.NEWLINE);
    }

    @Test
    void aPasteIsTextWhateverIsInIt() throws IOException {
        assertThat(keys("\u001b[200~a\r\nb\u001b[31m\u0003\r\u001b[201~x"))
                .containsExactly(new Typed("a\nb\u001b[31m\u0003\n"), new Typed("x"));
    }

    @Test
    void charactersBeyondTheBasicPlaneComeWhole() throws IOException {
        assertThat(keys("👍中")).containsExactly(new Typed("👍"), new Typed("中"));
    }

    private static List<Key> keys(String typed) throws IOException {
        Keys keys = new Keys(NonBlocking.nonBlocking("keys", new StringReader(typed)), 30);
        List<Key> read = new ArrayList<>();
        for (Key key = keys.next(); key != Named.END_OF_INPUT; key = keys.next()) {
            read.add(key);
        }
        return read;
    }
}
