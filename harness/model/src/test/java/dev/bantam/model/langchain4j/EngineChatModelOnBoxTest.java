package dev.bantam.model.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.api.ModelException;
import dev.bantam.model.local.Box;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model in the box, as any program that uses LangChain4j sees it. */
class EngineChatModelOnBoxTest {
    private static final UserMessage TASK = UserMessage.from("Create TODO.txt with the text \"Truant margin\".");

    @TempDir
    Path folder;

    private EngineChatModel model;

    @BeforeEach
    void open() throws ModelException {
        model = EngineChatModel.builder()
                .file(Box.file(folder))
                .temperature(0)
                .maxOutputTokens(300)
                .build();
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void callsAToolReadsItsResultAndEnds() {
        ChatResponse first = model.chat(TASK);
        AiMessage calls = first.aiMessage();
        assertThat(first.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
        assertThat(calls.toolExecutionRequests().getFirst().name()).isEqualTo("write");
        assertThat(calls.toolExecutionRequests().getFirst().arguments()).contains("TODO.txt", "Truant margin");

        ChatResponse second = model.chat(
                TASK,
                calls,
                ToolExecutionResultMessage.from(calls.toolExecutionRequests().getFirst(), "Wrote TODO.txt"));
        assertThat(second.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(second.aiMessage().text()).isNotBlank();
        assertThat(second.tokenUsage().inputTokenCount())
                .isGreaterThan(first.tokenUsage().totalTokenCount());
    }

    @Test
    void aStreamSaysTheSameAsAnAnswerAtOnce() throws InterruptedException {
        List<ChatMessage> messages = new ArrayList<>(List.of(TASK));
        AiMessage calls = model.chat(TASK).aiMessage();
        messages.add(calls);
        messages.add(
                ToolExecutionResultMessage.from(calls.toolExecutionRequests().getFirst(), "Wrote TODO.txt"));
        ChatResponse atOnce = model.chat(messages);

        Heard heard = new Heard();
        model.chat(messages, heard);

        assertThat(heard.await().error).isNull();
        assertThat(heard.response.aiMessage()).isEqualTo(atOnce.aiMessage());
        StringBuilder text = new StringBuilder();
        heard.events.forEach(event -> text.append(event.substring("text ".length())));
        assertThat(text.toString()).isEqualTo(atOnce.aiMessage().text());
    }

    @Test
    void aPromptThatDoesNotFitIsAnInvalidRequest() throws ModelException {
        try (EngineChatModel small = EngineChatModel.builder()
                .file(Box.file(folder))
                .contextTokens(64)
                .build()) {
            assertThatThrownBy(() -> small.chat("word ".repeat(200)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("the context window 64");
        }
    }

    @Test
    void aFileThatIsNotThereIsAModelNotFound() {
        assertThatThrownBy(() -> EngineChatModel.builder()
                        .file(folder.resolve("none.gguf"))
                        .build())
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("there is no such file");
    }
}
