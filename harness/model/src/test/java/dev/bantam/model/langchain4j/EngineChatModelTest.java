package dev.bantam.model.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.api.Arguments;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.Part;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.api.TokenTrace;
import dev.bantam.api.ToolResult;
import dev.bantam.testkit.ScriptedModel;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EngineChatModelTest {
    private final ScriptedModel script = new ScriptedModel();

    private EngineChatModel model() {
        return EngineChatModel.builder()
                .model(script)
                .temperature(0.25)
                .seed(7)
                .thinking(ThinkingLevel.LOW)
                .maxOutputTokens(99)
                .build();
    }

    @Test
    void messagesToolsAndSettingsComeOverAsTheyAre() {
        script.says("done");
        ToolSpecification tool = ToolSpecification.builder()
                .name("grow")
                .description("Grows it.")
                .parameters(JsonObjectSchema.builder()
                        .addStringProperty("path", "where")
                        .addEnumProperty("unit", List.of("cm", "m"))
                        .addProperty(
                                "sizes",
                                JsonArraySchema.builder()
                                        .items(new JsonIntegerSchema())
                                        .build())
                        .required("path")
                        .build())
                .build();
        ToolExecutionRequest call = ToolExecutionRequest.builder()
                .id("c1")
                .name("grow")
                .arguments("{\"path\": \"a\"}")
                .build();

        ChatResponse response = model().chat(ChatRequest.builder()
                .messages(
                        SystemMessage.from("Be brief."),
                        UserMessage.from("Go."),
                        AiMessage.builder()
                                .text("Yes.")
                                .thinking("Hm.")
                                .toolExecutionRequests(List.of(call))
                                .build(),
                        ToolExecutionResultMessage.builder()
                                .id("c1")
                                .toolName("grow")
                                .text("no")
                                .isError(true)
                                .build())
                .toolSpecifications(tool)
                .build());

        dev.bantam.api.ChatRequest asked = script.lastRequest();
        assertThat(asked.system()).isEqualTo("Be brief.");
        assertThat(asked.messages())
                .containsExactly(
                        Message.User.of("Go."),
                        new Message.Assistant(
                                List.of(
                                        new Part.Thinking("Hm."),
                                        new Part.Text("Yes."),
                                        new Part.ToolCall(
                                                "c1",
                                                "grow",
                                                Arguments.of("path", "a"),
                                                Optional.of("{\"path\": \"a\"}"))),
                                Finish.TOOL_CALLS),
                        new Message.ToolReply("c1", "grow", new ToolResult.Failed("no")));
        assertThat(asked.tools().getFirst().parameters().toJsonSchema().toString())
                .isEqualTo(
                        "{type=object, properties={path={type=string, description=where},"
                                + " unit={type=string, enum=[cm, m]}, sizes={type=array, items={type=integer}}}, required=[path]}");
        assertThat(asked.options())
                .isEqualTo(new dev.bantam.api.ChatRequest.Options(
                        ThinkingLevel.LOW, OptionalDouble.of(0.25), OptionalLong.of(7), 99));
        assertThat(response.aiMessage().text()).isEqualTo("done");
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.tokenUsage().inputTokenCount()).isPositive();
        assertThat(response.modelName()).isEqualTo("scripted");
    }

    @Test
    void aRequestsOwnSettingsGoBeforeTheModels() {
        script.says("done");
        model().chat(ChatRequest.builder()
                .messages(UserMessage.from("Go."))
                .temperature(1.0)
                .maxOutputTokens(5)
                .build());
        assertThat(script.lastRequest().options().temperature()).hasValue(1.0);
        assertThat(script.lastRequest().options().maxOutputTokens()).isEqualTo(5);
    }

    @Test
    void callsComeBackAsRequestsToRunTools() {
        script.calls("grow", "path", "a", "times", 2);
        ChatResponse response = model().chat(UserMessage.from("Go."));
        assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
        assertThat(response.aiMessage().text()).isNull();
        assertThat(response.aiMessage().toolExecutionRequests())
                .containsExactly(ToolExecutionRequest.builder()
                        .id("call-1")
                        .name("grow")
                        .arguments("{\"path\":\"a\",\"times\":2}")
                        .build());
    }

    @Test
    void theTokensOfAReplyComeBackWithItsMessageEvenFromAStoredMemory() {
        TokenTrace trace = new TokenTrace("m-1", new int[] {5, 600, 7}, new float[] {-1, -2, -3});
        script.answers(new Message.Assistant(List.of(new Part.Text("hi")), Finish.STOP, Optional.of(trace)))
                .says("again");
        EngineChatModel model = model();
        AiMessage said = model.chat(UserMessage.from("Go.")).aiMessage();
        AiMessage stored =
                (AiMessage) ChatMessageDeserializer.messageFromJson(ChatMessageSerializer.messageToJson(said));
        model.chat(UserMessage.from("Go."), stored, UserMessage.from("On."));
        Message.Assistant read =
                (Message.Assistant) script.lastRequest().messages().get(1);
        assertThat(read.tokens().orElseThrow().model()).isEqualTo("m-1");
        assertThat(read.tokens().orElseThrow().ids()).containsExactly(5, 600, 7);
        assertThat(Trace.read("not ours at all")).isEmpty();
    }

    @Test
    void aStreamTellsThinkingTextAndCallsInOrder() throws InterruptedException {
        script.answers(new Message.Assistant(
                List.of(
                        new Part.Thinking("Hm."),
                        new Part.Text("Yes."),
                        new Part.ToolCall("a", "one", Arguments.NONE),
                        new Part.ToolCall("b", "two", Arguments.NONE)),
                Finish.TOOL_CALLS));
        Heard heard = new Heard();
        model().chat(List.of(UserMessage.from("Go.")), heard);
        heard.await();
        assertThat(heard.events).containsExactly("thinking Hm.", "text Yes.", "call 0 one", "call 1 two");
        assertThat(heard.response.aiMessage().thinking()).isEqualTo("Hm.");
        assertThat(heard.response.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
    }

    @Test
    void aCancelledStreamIsSilentAndTheNextRequestIsAnswered() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        script.does((request, listener) -> {
                    listener.text("one");
                    try {
                        Thread.sleep(60_000);
                    } catch (InterruptedException e) {
                        listener.text("two");
                        interrupted.countDown();
                        throw e;
                    }
                    throw new AssertionError("not interrupted");
                })
                .says("next");
        EngineChatModel model = model();
        Heard heard = new Heard(context -> context.streamingHandle().cancel());
        model.chat(List.of(UserMessage.from("Go.")), heard);
        interrupted.await();
        assertThat(model.chat("On.")).isEqualTo("next");
        assertThat(heard.events).containsExactly("text one");
        assertThat(heard.ended.getCount()).isEqualTo(1);
    }

    @Test
    void whatACallbackThrowsEndsTheReplyAsAnError() throws InterruptedException {
        script.says("one");
        Heard heard = new Heard(context -> {
            throw new IllegalStateException("full");
        });
        model().chat(List.of(UserMessage.from("Go.")), heard);
        assertThat(heard.await().error)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("full");
    }

    @Test
    void failuresAreLangChain4jsOwn() throws InterruptedException {
        Map<ModelException.Kind, Class<? extends LangChain4jException>> expected = Map.of(
                ModelException.Kind.BUSY, RateLimitException.class,
                ModelException.Kind.SERVER, InternalServerException.class,
                ModelException.Kind.OVERFLOW, InvalidRequestException.class,
                ModelException.Kind.AUTHENTICATION, AuthenticationException.class,
                ModelException.Kind.UNUSABLE, ModelNotFoundException.class);
        for (ModelException.Kind kind : expected.keySet()) {
            ModelException failure = new ModelException(kind, "because");
            script.fails(failure).fails(failure);
            assertThatThrownBy(() -> model().chat("Go."))
                    .isInstanceOf(expected.get(kind))
                    .hasMessage("because")
                    .hasCause(failure);
            Heard heard = new Heard();
            model().chat(List.of(UserMessage.from("Go.")), heard);
            assertThat(heard.await().error).isInstanceOf(expected.get(kind));
        }
    }

    @Test
    void anInterruptedRequestKeepsTheInterrupt() {
        script.does((request, listener) -> {
            throw new InterruptedException();
        });
        assertThatThrownBy(() -> model().chat("Go.")).isInstanceOf(NonRetriableException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whatCannotBeCarriedOverIsRefusedByName() {
        refuses(ChatRequest.builder().messages(UserMessage.from("a")).topP(0.5), "topP");
        refuses(ChatRequest.builder().messages(UserMessage.from("a")).stopSequences(List.of("x")), "stopSequences");
        refuses(ChatRequest.builder().messages(UserMessage.from("a")).modelName("other"), "modelName other");
        refuses(ChatRequest.builder().messages(UserMessage.from("a")).responseFormat(ResponseFormat.JSON), "JSON");
        refuses(ChatRequest.builder().messages(UserMessage.from("a")).toolChoice(ToolChoice.REQUIRED), "toolChoice");
        refuses(ChatRequest.builder().messages(UserMessage.from(ImageContent.from("http://a"))), "IMAGE");
        refuses(
                ChatRequest.builder().messages(UserMessage.from("a"), SystemMessage.from("b")),
                "a system message after other messages");
        JsonObjectSchema either = JsonObjectSchema.builder()
                .addProperty(
                        "x",
                        JsonAnyOfSchema.builder().anyOf(new JsonStringSchema()).build())
                .build();
        refuses(
                ChatRequest.builder()
                        .messages(UserMessage.from("a"))
                        .toolSpecifications(ToolSpecification.builder()
                                .name("t")
                                .parameters(either)
                                .build()),
                "t.x is a JsonAnyOfSchema");
    }

    private void refuses(ChatRequest.Builder request, String what) {
        assertThatThrownBy(() -> model().chat(request.build()))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining(what);
    }

    @Test
    void aClosedModelSaysSo() {
        EngineChatModel model = model();
        model.close();
        assertThatThrownBy(() -> model.chat("Go.")).hasMessage("the model is closed");
    }
}
