package dev.bantam.model;

import static dev.bantam.model.Asking.chunks;
import static dev.bantam.model.Asking.delta;
import static dev.bantam.model.Asking.end;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bantam.api.ChatModel;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.ReplyListener;
import dev.bantam.model.server.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers without a reasoning parser, which leave the thinking in the content. */
class TaggedThinkingTest {
    private static final String LLAMACPP = "llamacpp/any";
    private static final String OLLAMA = "ollama/m";

    private final List<String> shown = new ArrayList<>();
    private final ReplyListener listener = new ReplyListener() {
        @Override
        public void text(String delta) {
            shown.add("text:" + delta);
        }

        @Override
        public void thinking(String delta) {
            shown.add("thinking:" + delta);
        }
    };
    private FakeServer server;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Message.Assistant said(String ref, String... contents) throws Exception {
        server.thenStream(stream(ref, "stop", contents));
        try (ChatModel model = Asking.open(ref, server)) {
            return model.reply(Asking.hello(), listener).message();
        }
    }

    private static String stream(String ref, String reason, String... contents) {
        StringBuilder stream = new StringBuilder();
        for (String content : contents) {
            String json = "{\"content\":" + Json.write(content) + "}";
            stream.append(ref.equals(OLLAMA) ? "{\"message\":" + json + ",\"done\":false}\n" : chunks(delta(json)));
        }
        return stream
                + (ref.equals(OLLAMA)
                        ? "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"" + reason + "\"}\n"
                        : chunks(end(reason), "[DONE]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {LLAMACPP, "vllm/any", "lmstudio/any", OLLAMA})
    void thinkingInTagsIsThinkingOnEveryServer(String ref) throws Exception {
        Message.Assistant message = said(ref, "<think>\nFirst ", "I look.\n</think>\n\nDone", ".");

        assertThat(message.parts()).containsExactly(new Part.Thinking("First I look."), new Part.Text("Done."));
        assertThat(shown).containsExactly("thinking:First", "thinking: I look.", "text:Done", "text:.");
    }

    @ParameterizedTest
    @ValueSource(strings = {LLAMACPP, OLLAMA})
    void noPieceOfATagIsShownHoweverTheStreamIsCut(String ref) throws Exception {
        Message.Assistant message = said(ref, "\n <think>a < b </thin </think> </think>x".split(""));

        assertThat(message.parts()).containsExactly(new Part.Thinking("a < b </thin"), new Part.Text("</think>x"));
        assertThat(shown)
                .startsWith("thinking:a", "thinking: <", "thinking: b", "thinking: </thin")
                .doesNotContain("thinking:<", "text:</think>x");
    }

    @Test
    void thinkingThatIsNotClosedIsAllThinking() throws Exception {
        server.thenStream(stream(LLAMACPP, "length", "<think>I wonder", " whether", " </th"));
        try (ChatModel model = Asking.open(LLAMACPP, server)) {
            Message.Assistant message = model.reply(Asking.hello(), listener).message();
            assertThat(message.parts()).containsExactly(new Part.Thinking("I wonder whether </th"));
            assertThat(message.finish()).isEqualTo(Finish.LENGTH);
        }
    }

    @Test
    void emptyThinkingLeavesTheAnswerAlone() throws Exception {
        assertThat(said(LLAMACPP, "<think>", "\n\n", "</think>", "\n\n", "Hi.").parts())
                .containsExactly(new Part.Text("Hi."));
    }

    @ParameterizedTest
    @CsvSource({"The tag <think> opens it.", "<thinker>x</thinker>", "<", "<thin", "I think.</think>Yes."})
    void textThatDoesNotBeginWithTheTagIsText(String text) throws Exception {
        assertThat(said(LLAMACPP, text.split("")).parts()).containsExactly(new Part.Text(text));
        assertThat(shown).allMatch(delta -> delta.startsWith("text:"));
    }

    @Test
    void aWholeReplyThatIsNotStreamedIsTakenApartToo() throws Exception {
        server.thenStatus(
                200,
                "{\"choices\":[{\"message\":{\"content\":\"<think>Hm.</think>\\nYes.\"},\"finish_reason\":\"stop\"}]}");
        assertThat(Asking.ask(LLAMACPP, server).message().parts())
                .containsExactly(new Part.Thinking("Hm."), new Part.Text("Yes."));
    }

    @Test
    void aCallAfterTheThinkingFollowsIt() throws Exception {
        server.thenStream(chunks(
                delta("{\"content\":\"<think>I list.</think>\\n\\n\"}"),
                delta("{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":"
                        + "{\"name\":\"ls\",\"arguments\":\"{}\"}}]}"),
                end("tool_calls"),
                "[DONE]"));
        Message.Assistant message = Asking.ask(LLAMACPP, server).message();
        assertThat(message.parts()).hasSize(2).startsWith(new Part.Thinking("I list."));
        assertThat(message.toolCalls()).extracting(Part.ToolCall::tool).containsExactly("ls");
    }

    @ParameterizedTest
    @CsvSource({LLAMACPP + ",reasoning_content", OLLAMA + ",thinking"})
    void itGoesBackWhereNativeThinkingGoesAndStaysTheSame(String ref, String field) throws Exception {
        server.thenStream(stream(ref, "stop", "<think>Because", ".</think>\n\nx"))
                .thenStream(stream(ref, "stop", "<think>Again.</think>y"))
                .thenStream(stream(ref, "stop", "z"));
        List<Message> messages = new ArrayList<>(List.of(Message.User.of("Hi.")));
        try (ChatModel model = Asking.open(ref, server)) {
            for (int i = 0; i < 3; i++) {
                messages.add(model.reply(Asking.request(messages.toArray(Message[]::new)), listener)
                        .message());
                messages.add(Message.User.of("Go on."));
            }
        }
        List<JsonNode> sent = server.chats().stream()
                .map(body -> Json.read(body).orElseThrow().path("messages"))
                .toList();
        assertThat(sent.getLast().path(2).path(field).asText()).isEqualTo("Because.");
        assertThat(sent.getLast().path(2).path("content").asText()).isEqualTo("x");
        for (int n = 1; n < sent.size(); n++) {
            String earlier = sent.get(n - 1).toString();
            assertThat(sent.get(n).toString()).startsWith(earlier.substring(0, earlier.length() - 1));
        }
    }
}
