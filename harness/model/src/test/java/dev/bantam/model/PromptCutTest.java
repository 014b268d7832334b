package dev.bantam.model;

import static dev.bantam.model.Asking.saysOk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bantam.api.ChatModel;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.Part;
import dev.bantam.api.ReplyListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that drops part of a prompt and answers as if nothing had happened. */
class PromptCutTest {
    private static final String PROSE = "The quick brown fox jumps over the lazy dog near the river bank. ";
    private FakeServer server;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ModelException cut(ChatModel model, Message... messages) {
        return catchThrowableOfType(
                ModelException.class, () -> model.reply(Asking.request(messages), ReplyListener.NONE));
    }

    @Test
    void aCutAt4096StopsTheRunWithTheNumbersAndTheCommand() throws Exception {
        server.thenStream(saysOk(4_096));
        try (ChatModel model = Asking.open("llamacpp/any", server)) {
            ModelException cut = cut(model, Message.User.of(PROSE.repeat(600)));

            assertThat(cut.kind()).isEqualTo(ModelException.Kind.PROMPT_CUT);
            assertThat(cut.retryable()).isFalse();
            assertThat(cut).hasMessageContaining("4096").hasMessageContaining("llama-server -c");
        }
    }

    @Test
    void aCutThatKeepsHalfAWindowIsNoticedToo() throws Exception {
        server.always("GET /api/ps", "{\"models\":[{\"name\":\"q:1b\",\"context_length\":4096}]}")
                .thenStream("{\"message\":{\"content\":\"OK\"},\"done\":true,\"done_reason\":\"stop\","
                        + "\"prompt_eval_count\":2051,\"eval_count\":1}\n");
        try (ChatModel model = Asking.open("ollama/q:1b", server)) {
            ModelException cut = cut(model, Message.User.of(PROSE.repeat(1_100)));

            assertThat(cut.kind()).isEqualTo(ModelException.Kind.PROMPT_CUT);
            assertThat(cut).hasMessageContaining("2051").hasMessageContaining("--context");
        }
    }

    @Test
    void aRequestThatExtendsAnotherCannotBeShorter() throws Exception {
        server.thenStream(saysOk(3_900)).thenStream(saysOk(3_500));
        try (ChatModel model = Asking.open("vllm/any", server)) {
            Message.User first = Message.User.of(PROSE.repeat(200));
            Message.Assistant said =
                    model.reply(Asking.request(first), ReplyListener.NONE).message();
            ModelException cut = cut(model, first, said, Message.User.of("Go on."));

            assertThat(cut.kind()).isEqualTo(ModelException.Kind.PROMPT_CUT);
        }
    }

    @Test
    void aWindowThatSlidesIsNoticed() throws Exception {
        server.thenStream(saysOk(3_900)).thenStream(saysOk(4_000));
        try (ChatModel model = Asking.open("vllm/any", server)) {
            Message.User first = Message.User.of(PROSE.repeat(200));
            Message.Assistant said =
                    model.reply(Asking.request(first), ReplyListener.NONE).message();
            ModelException cut = cut(model, first, said, Message.User.of(PROSE.repeat(100)));

            assertThat(cut.kind()).isEqualTo(ModelException.Kind.PROMPT_CUT);
        }
    }

    @Test
    void theCutIsNoticedWhileReadingBeforeAnythingIsGenerated() throws Exception {
        server.thenStall(Asking.chunks("{\"choices\":[{\"index\":0,\"delta\":{}}],"
                + "\"prompt_progress\":{\"total\":4096,\"cache\":0,\"processed\":512,\"time_ms\":100}}"));
        try (ChatModel model = Asking.open("llamacpp/any", server)) {
            assertThat(cut(model, Message.User.of(PROSE.repeat(600))).kind()).isEqualTo(ModelException.Kind.PROMPT_CUT);
        }
    }

    @Test
    void honestCountsRaiseNoAlarm() throws Exception {
        server.thenStream(saysOk(14 * 600 + 40)); // 14 tokens a sentence, as Qwen's tokenizer counts them
        try (ChatModel model = Asking.open("llamacpp/any", server)) {
            assertThat(cut(model, Message.User.of(PROSE.repeat(600)))).isNull();
        }
    }

    @Test
    void rulesAndIndentationRaiseNoAlarm() throws Exception {
        server.thenStream(saysOk(260));
        try (ChatModel model = Asking.open("llamacpp/any", server)) {
            String log = ("=".repeat(100) + "\n" + " ".repeat(100) + "x\n").repeat(50);
            assertThat(cut(model, Message.User.of(log))).isNull();
        }
    }

    @Test
    void thinkingThatTheTemplateDropsRaisesNoAlarm() throws Exception {
        server.thenStream(saysOk(3_400)).thenStream(saysOk(1_700));
        try (ChatModel model = Asking.open("lmstudio/any", server)) {
            List<Message> messages = new ArrayList<>(List.of(
                    Message.User.of(PROSE.repeat(110)),
                    new Message.Assistant(
                            List.of(new Part.Thinking(PROSE.repeat(120)), new Part.Text("Done.")), Finish.STOP),
                    Message.User.of("Check it.")));
            messages.add(model.reply(Asking.request(messages.toArray(Message[]::new)), ReplyListener.NONE)
                    .message());
            messages.add(Message.User.of("And now the tests."));

            assertThat(cut(model, messages.toArray(Message[]::new))).isNull();
        }
    }

    @Test
    void anOldOllamaThatCountsOnlyWhatItReadAnewRaisesNoAlarm() throws Exception {
        server.always("GET /api/ps", "{\"models\":[{\"name\":\"q:1b\",\"context_length\":32768}]}")
                .thenStream("{\"message\":{\"content\":\"OK\"},\"done\":true,\"done_reason\":\"stop\","
                        + "\"prompt_eval_count\":1200,\"eval_count\":1}\n");
        try (ChatModel model = Asking.open("ollama/q:1b", server)) {
            assertThat(cut(model, Message.User.of(PROSE.repeat(500)))).isNull();
        }
    }

    @Test
    void aCountThatIsNoneRaisesNoAlarmAndTeachesNothing() throws Exception {
        server.thenStream(saysOk(12));
        try (ChatModel model = Asking.open("vllm/any", server)) {
            Message.User first = Message.User.of(PROSE.repeat(600));
            Message.Assistant said =
                    model.reply(Asking.request(first), ReplyListener.NONE).message();
            assertThat(model.countTokens(Asking.request(first, said))).isGreaterThan(8_000);
        }
    }

    @Test
    void aServerWithoutUsageRaisesNoAlarm() throws Exception {
        server.thenStream(Asking.chunks(Asking.delta("{\"content\":\"OK\"}"), Asking.end("stop"), "[DONE]"));
        try (ChatModel model = Asking.open("llamacpp/any", server)) {
            assertThat(cut(model, Message.User.of(PROSE.repeat(500)))).isNull();
        }
    }

    @Test
    void anEmptyReplyToAPromptAsLargeAsTheWindowIsAnOverflow() throws Exception {
        server.always("GET /v1/models", FakeServer.fixture("lmstudio-0.3.31/models.json"))
                .always("GET /api/v0/models", FakeServer.fixture("lmstudio-0.3.31/native-models.json"))
                .thenStream(Asking.chunks(Asking.end("stop"), Asking.usage(20_000), "[DONE]"));
        try (ChatModel model = Asking.open("lmstudio/", server)) {
            assertThat(cut(model, Message.User.of(PROSE.repeat(1_000))).kind()).isEqualTo(ModelException.Kind.OVERFLOW);
        }
    }

    @Test
    void laterCountsStartFromWhatTheServerReported() throws Exception {
        server.thenStream(saysOk(5_000));
        try (ChatModel model = Asking.open("llamacpp/any", server)) {
            Message.User first = Message.User.of(PROSE.repeat(300));
            Message.Assistant said =
                    model.reply(Asking.request(first), ReplyListener.NONE).message();

            assertThat(model.countTokens(Asking.request(first, said, Message.User.of("Go on."))))
                    .isBetween(5_000, 5_050);
        }
    }
}
