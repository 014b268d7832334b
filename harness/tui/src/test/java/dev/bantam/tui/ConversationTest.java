package dev.bantam.tui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Event.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConversationTest {
    static Stream<String> texts() throws IOException {
        return Stream.of(
                "Some **bold** text\n\n- a\n- b\n\n```java\nint x;\n```\n",
                "One\r\n\r\nTwo\r\n- a",
                "\n\nlate\n\n\n1. one\n\n   more\n2. two " + "words ".repeat(40),
                "中文".repeat(60) + "\n\n> quoted\n> twice\n",
                Files.readString(Path.of("src/test/resources/dev/bantam/tui/markdown.md")));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void deltasOfAnySizeLeaveTheSameScreen(String text) throws IOException {
        String whole = scrollback(List.of(text));
        assertThat(scrollback(List.of(text.split("")))).isEqualTo(whole);
        assertThat(scrollback(List.of(text.split("(?<=\n\n)")))).isEqualTo(whole);
        assertThat(scrollback(List.of(text.split("(?<=\\G.{7})")))).isEqualTo(whole);
    }

    private static String scrollback(List<String> deltas) throws IOException {
        try (VirtualTerminal screen = new VirtualTerminal("xterm-256color", 60, 12)) {
            Conversation conversation =
                    new Conversation(new Screen(screen.terminal, Ink.STYLED), () -> Events.START.plusSeconds(1));
            conversation.start();
            conversation.on(Events.turn(1));
            deltas.forEach(delta -> conversation.on(Events.text(delta)));
            conversation.on(Events.reply(String.join("", deltas)));
            conversation.on(Events.ended(Outcome.COMPLETED, ""));
            conversation.finish();
            assertThat(screen.written()).doesNotContain("␊").doesNotContain("␍");
            return screen.scrollback();
        }
    }
}
