package dev.bantam.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.Reply;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.api.ToolSpec;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Short ways to ask a fake server something. */
final class Asking {
    private Asking() {}

    static ChatRequest request(List<Message> messages, ThinkingLevel thinking, ToolSpec... tools) {
        return new ChatRequest(
                "You are a coding agent.",
                List.of(tools),
                messages,
                new ChatRequest.Options(thinking, OptionalDouble.of(0.3), OptionalLong.empty(), 8_192));
    }

    static ChatRequest request(Message... messages) {
        return request(List.of(messages), ThinkingLevel.MODEL_DEFAULT);
    }

    static ChatRequest hello() {
        return request(Message.User.of("Hi."));
    }

    static ChatModel open(String ref, FakeServer server) throws ModelException, InterruptedException {
        return RemoteModels.open(ModelRef.parse(ref), ServerContract.options(server));
    }

    static Reply ask(String ref, FakeServer server) throws ModelException, InterruptedException {
        try (ChatModel model = open(ref, server)) {
            return model.reply(hello(), ReplyListener.NONE);
        }
    }

    static ModelException failure(String ref, FakeServer server) {
        ModelException failure = catchThrowableOfType(ModelException.class, () -> ask(ref, server));
        assertThat(failure).isNotNull();
        return failure;
    }

    /** A stream of chat completion chunks. */
    static String chunks(String... deltasAndEnd) {
        StringBuilder stream = new StringBuilder();
        for (String chunk : deltasAndEnd) {
            stream.append("data: ").append(chunk).append("\n\n");
        }
        return stream.toString();
    }

    static String delta(String delta) {
        return "{\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]}";
    }

    static String end(String reason) {
        return "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}";
    }

    static String usage(long prompt) {
        return "{\"choices\":[],\"usage\":{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":3}}";
    }

    /** A short reply that reports this many prompt tokens. */
    static String saysOk(long prompt) {
        return chunks(delta("{\"content\":\"OK\"}"), end("stop"), usage(prompt), "[DONE]");
    }
}
