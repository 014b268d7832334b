package dev.bantam.ext.toolcallrepair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.bantam.api.Arguments;
import dev.bantam.api.Hooks.MendedReply;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.ext.text.JsonText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged calls become the call that was meant, or nothing. One damage at a time: two can make another sound call, such
 * as a quote that was moved. Seeds are in the messages; {@code -Dseed=N} replays one, {@code -Drounds=N} tries more.
 */
class FuzzTest {
    private static final int ROUNDS = Integer.getInteger("rounds", 4_000);
    private static final String OPEN = "\uE000";
    private static final String CLOSE = "\uE001";
    private static final String[] ADDED = {"{", "}", "[", "]", "\"", ",", "'", "`", "\n", " ", "// ", "\\"};
    private static final String[] CONTENTS = {
        "x = 1\n",
        "say \"hi\" and 'bye'",
        "a\\b\n\tc",
        "",
        "{\"name\": \"read\"}",
        "```\ncode\n```\n",
        "é😀",
        "1, 2], }"
    };

    @Test
    void everyBeginningOfACallIsTheWholeCallOrNothing() {
        Arguments meant = Arguments.of("path", "src/a b.txt", "content", "first\n\"second\"\n");
        for (String marked : written("write", meant)) {
            String text = plain(marked);
            for (int length = 0; length <= text.length(); length++) {
                assertMeantOrNothing(text.substring(0, length), meant, "cut at " + length);
            }
        }
    }

    @Test
    void aCallThatLostOrGainedACharacterOfItsFrameIsTheCallOrNothing() {
        for (long seed : seeds()) {
            Random random = new Random(seed);
            Arguments meant = Arguments.of("path", "a.txt", "content", CONTENTS[random.nextInt(CONTENTS.length)]);
            List<String> forms = written("write", meant);
            String text = damaged(forms.get(random.nextInt(forms.size())), random);
            assertMeantOrNothing(plain(text), meant, "seed " + seed);
        }
    }

    @Test
    void neverThrowsWhateverTheModelSays() {
        String[] pieces = {
            "<tool_call>",
            "</tool_call>",
            "<function=read>",
            "<function=",
            "<parameter=path>",
            "</parameter>",
            "</function>",
            "[TOOL_CALLS]",
            "[ARGS]",
            "read",
            "<|python_tag|>",
            "```",
            "```json\n",
            "`",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            ":",
            ",",
            "\\",
            "\\u12",
            "\n",
            " ",
            "name",
            "\"name\": \"read\"",
            "\"arguments\": {\"path\": 1}",
            "<think>",
            "</think>",
            "//",
            "/*",
            "#",
            "5",
            "-",
            "true",
            "None",
            "\uD83D",
            "\0",
            "~~~"
        };
        for (long seed : seeds()) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            List<Part> parts = List.of(
                    new Part.Thinking(text.reverse().toString()),
                    new Part.Text(text.reverse().toString()),
                    new Part.ToolCall("c", "read", Arguments.NONE, Optional.of(text.toString())));
            assertThatCode(() -> Repairs.mend(parts.subList(random.nextInt(3), 3)))
                    .as("seed " + seed)
                    .doesNotThrowAnyException();
            assertThatCode(() -> Repairs.mend(parts.subList(0, 1 + random.nextInt(3))))
                    .as("seed " + seed)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "\n{",
                "[",
                "\n[",
                "<tool_call>",
                "<tool_call>{",
                "<tool_call>{\"a",
                "<tool_call>{\"name\": \"x\"} ",
                "<function=read>",
                "<function=read><parameter=path>",
                "<function=read><parameter=path></parameter>",
                "<function=read><parameter=path></parameter> x ",
                "[TOOL_CALLS]",
                "[TOOL_CALLS][",
                "[TOOL_CALLS]a{",
                "\n{/*",
                "\n{'",
                "`",
                "`` ` ",
                "```\n",
                "```json\n",
                "```json\n{'a",
                "\n```json\n{\"a\":\n",
                "~~~ ",
                "<|python_tag|>{",
                "</think>",
                "<think>",
                "x",
                " ",
                "\n",
                "\n {\"name\":\"read\",\"arguments\":{\"path\":\"a\"}}\n",
                "<tool_call>{\"name\":\"read\",\"arguments\":{\"path\":\"a\"}}</tool_call>",
                "<tool_call>{\"name\":\"read\",\"arguments\":{\"path\":\"a\"}}</tool_call></think>",
                "<function\n",
                "\\",
                "\""
            })
    void aMegabyteIsReadInLinearTime(String piece) {
        String text = piece.repeat(1_000_000 / piece.length());

        assertTimeoutPreemptively(
                Duration.ofMinutes(3),
                () -> { // what is quadratic takes hours
                    Repairs.mend(List.of(new Part.Text(text)));
                    Repairs.mend(List.of(new Part.Thinking(text)));
                    Repairs.mend(List.of(new Part.ToolCall("c", "read", Arguments.NONE, Optional.of(text))));
                });
    }

    private static void assertMeantOrNothing(String text, Arguments meant, String why) {
        Optional<MendedReply> mended = Repairs.mend(text);
        mended.ifPresent(
                reply -> assertThat(new Message.Assistant(reply.parts(), dev.bantam.api.Finish.STOP).toolCalls())
                        .as(why + ": " + text)
                        .extracting(Part.ToolCall::arguments)
                        .containsExactly(meant));
    }

    /** The forms of a call; values stand between two private characters, which {@link #plain} takes out. */
    private static List<String> written(String tool, Arguments arguments) {
        Map<String, Object> marked = new LinkedHashMap<>();
        arguments.values().forEach((name, value) -> marked.put(name, OPEN + value + CLOSE));
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("name", tool);
        call.put("arguments", marked);
        String json = JsonText.of(call);
        StringBuilder markup = new StringBuilder("<function=" + tool + ">\n");
        arguments
                .values()
                .forEach((name, value) -> markup.append(
                        "<parameter=" + name + ">" + OPEN + "\n" + value + "\n" + CLOSE + "</parameter>\n"));
        markup.append("</function>");
        return List.of(
                json,
                "<tool_call>\n" + json + "\n</tool_call>",
                "```json\n" + json + "\n```\n",
                "[TOOL_CALLS]" + tool + "[ARGS]" + JsonText.of(marked),
                "<|python_tag|>" + json,
                markup.toString(),
                "<tool_call>\n" + markup + "\n</tool_call>");
    }

    private static String plain(String marked) {
        return marked.replace(OPEN, "").replace(CLOSE, "");
    }

    /** Takes a character of the frame away, or puts one in; values stay as they are. */
    private static String damaged(String marked, Random random) {
        List<Integer> places = new ArrayList<>();
        boolean inValue = false;
        for (int i = 0; i < marked.length(); i++) {
            inValue = marked.startsWith(OPEN, i) || (inValue && !marked.startsWith(CLOSE, i));
            boolean mark = marked.startsWith(OPEN, i) || marked.startsWith(CLOSE, i);
            if (!inValue && !mark && "{}[]\",:<>/`\n".indexOf(marked.charAt(i)) >= 0) {
                places.add(i);
            }
        }
        int place = places.get(random.nextInt(places.size()));
        boolean behindValue = place > 0 && marked.startsWith(CLOSE, place - 1);
        String added = behindValue || random.nextBoolean() ? "" : ADDED[random.nextInt(ADDED.length)];
        return marked.substring(0, place) + added + marked.substring(place + (added.isEmpty() ? 1 : random.nextInt(2)));
    }

    private static List<Long> seeds() {
        Long one = Long.getLong("seed");
        if (one != null) {
            return List.of(one);
        }
        long first = System.nanoTime();
        List<Long> seeds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            seeds.add(first + i);
        }
        return seeds;
    }
}
