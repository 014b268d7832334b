package dev.bantam.model.local.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Arguments;
import dev.bantam.api.Part;
import dev.bantam.api.ReplyListener;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HermesReplyTest {
    private static final String REPLY =
            "<think>\nfirst < then\n</think>\n\nI look.\n<tool_call>\n{\"name\": \"read\", \"arguments\": {\"path\":  \"a<b\"}}\n"
                    + "</tool_call>\n<tool_call>{\"name\": \"ls\", \"arguments\": {}}</tool_call>";

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();

    @Test
    void readsThinkingTextAndCallsHoweverTheyAreCutIntoPieces() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            text.setLength(0);
            thinking.setLength(0);
            ReplyReader reply = reader();
            for (int at = 0; at < REPLY.length(); ) {
                int next = Math.min(REPLY.length(), at + 1 + random.nextInt(9));
                reply.add(REPLY.substring(at, next));
                at = next;
            }

            assertThat(reply.finish())
                    .as("seed %d", seed)
                    .containsExactly(
                            new Part.Thinking("first < then"),
                            new Part.Text("I look."),
                            new Part.ToolCall(
                                    "c1", "read", Arguments.of("path", "a<b"), Optional.of("{\"path\":  \"a<b\"}")),
                            new Part.ToolCall("c2", "ls", Arguments.NONE, Optional.of("{}")));
            assertThat(text.toString().strip()).isEqualTo("I look.");
            assertThat(thinking.toString().strip()).isEqualTo("first < then");
        }
    }

    @Test
    void aCallThatIsNotExactlyRightStaysTextAsItWasWritten() {
        String wrong = "<tool_call>{\"name\": \"read\", \"arguments\": {path: 'a'}}</tool_call>";

        assertThat(parts(wrong)).containsExactly(new Part.Text(wrong));
        assertThat(text).hasToString(wrong);
    }

    @Test
    void aClosingMarkInsideAStringDoesNotCloseTheCall() {
        String content = "say \\\"</tool_call>\\\" and \\\\</tool_call>";
        String call =
                "<tool_call>\n{\"name\": \"write\", \"arguments\": {\"content\": \"" + content + "\"}}\n</tool_call>";
        Arguments arguments = Arguments.of("content", "say \"</tool_call>\" and \\</tool_call>");
        for (int size = 1; size < 30; size++) {
            ReplyReader reply = reader();
            for (int at = 0; at < call.length(); at += size) {
                reply.add(call.substring(at, Math.min(call.length(), at + size)));
            }
            assertThat(reply.finish())
                    .containsExactly(new Part.ToolCall(
                            "c1", "write", arguments, Optional.of("{\"content\": \"" + content + "\"}")));
        }
        assertThat(text).isEmpty();
    }

    @Test
    void aQuoteThatNobodyClosedSwallowsNoOtherCall() {
        String wrong = "<tool_call>{\"name\": \"read\", \"arguments\": {\"path\": \"a}}</tool_call>";
        String right = "<tool_call>{\"name\": \"ls\", \"arguments\": {}}</tool_call>";
        Part.ToolCall ls = new Part.ToolCall("c1", "ls", Arguments.NONE, Optional.of("{}"));

        assertThat(parts(wrong)).containsExactly(new Part.Text(wrong));
        assertThat(parts(wrong + right)).containsExactly(new Part.Text(wrong), ls);
        assertThat(parts(wrong + "\n" + right)).containsExactly(new Part.Text(wrong), ls);
        assertThat(parts(wrong + " and \" " + right)).contains(ls);
        assertThat(parts(right + wrong)).containsExactly(ls, new Part.Text(wrong));
    }

    @Test
    void aCallThatWasNeverClosedIsText() {
        String open = "<tool_call>{\"name\": \"read\", \"arguments\": {\"path\": \"a";

        assertThat(parts(open)).containsExactly(new Part.Text(open));
    }

    @Test
    void aCallInsideThinkingIsOnlyAThought() {
        assertThat(parts("<think>maybe <tool_call>{\"name\": \"ls\", \"arguments\": {}}</tool_call></think>done"))
                .hasSize(2)
                .noneMatch(Part.ToolCall.class::isInstance);
    }

    private List<Part> parts(String whole) {
        ReplyReader reply = reader();
        reply.add(whole);
        return reply.finish();
    }

    private ReplyReader reader() {
        return new MarkedReader("<think>", "</think>", new HermesCalls(), listener(), "c", false);
    }

    private ReplyListener listener() {
        return new ReplyListener() {
            @Override
            public void text(String delta) {
                text.append(delta);
            }

            @Override
            public void thinking(String delta) {
                thinking.append(delta);
            }
        };
    }
}
