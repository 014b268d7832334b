package dev.bantam.model.langchain4j;

import dev.bantam.api.ThinkingLevel;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The README's program: asks a model file twice, at once and streaming. */
public final class TalkExample {
    public static void main(String[] arguments) {
        talk(Path.of(arguments[0]), arguments[1], System.out);
    }

    static void talk(Path file, String question, PrintStream out) {
        try (EngineChatModel model = EngineChatModel.builder()
                .file(file)
                .contextTokens(1024)
                .temperature(0)
                .thinking(ThinkingLevel.OFF)
                .maxOutputTokens(200)
                .build()) {
            List<ChatMessage> conversation = new ArrayList<>(List.of(UserMessage.from(question)));
            ChatResponse first = model.chat(conversation);
            out.println(first.aiMessage() + ", " + first.tokenUsage());

            conversation.add(first.aiMessage());
            conversation.add(UserMessage.from("And now?"));
            CompletableFuture<ChatResponse> done = new CompletableFuture<>();
            model.chat(conversation, new StreamingChatResponseHandler() {
                @Override
                public void onPartialResponse(String text) {
                    out.print(text);
                }

                @Override
                public void onCompleteResponse(ChatResponse response) {
                    done.complete(response);
                }

                @Override
                public void onError(Throwable error) {
                    done.completeExceptionally(error);
                }
            });
            out.println("\n" + done.join().finishReason());
        }
    }
}
