package dev.bantam.model.local;

import dev.bantam.api.ChatRequest;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.TokenTrace;
import dev.bantam.api.ToolSpec;
import dev.bantam.engine.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ChatML format with Hermes tool calls, as the Qwen family uses it. Renders a request to tokens, message by message:
 * the marks are tokens of their own, and what people, tools and files say is never read as a mark.
 */
final class ChatMl {
    private static final String START = "<|im_start|>";
    private static final String END = "<|im_end|>";
    private static final String NO_THOUGHT = "<think>\n\n</think>\n\n";

    private final Tokenizer tokenizer;
    private final EncodedTexts texts;
    private final String modelId;
    private final int start;
    private final int end;

    /**
     * @param modelId whose traces are read as they are
     * @throws IllegalArgumentException when the vocabulary lacks the marks
     */
    ChatMl(Tokenizer tokenizer, String modelId) {
        this.tokenizer = tokenizer;
        this.texts = new EncodedTexts(tokenizer);
        this.modelId = modelId;
        this.start = mark(tokenizer, START);
        this.end = mark(tokenizer, END);
    }

    /** Whether a model's own template is of this format. */
    static boolean fits(Optional<String> template) {
        return template.isPresent() && template.get().contains(START);
    }

    private static int mark(Tokenizer tokenizer, String text) {
        return tokenizer
                .special(text)
                .orElseThrow(() -> new IllegalArgumentException("the vocabulary has no token " + text));
    }

    /** The whole prompt, up to where the reply begins. */
    int[] prompt(ChatRequest request) {
        Tokens tokens = new Tokens();
        String system = systemText(request);
        if (!system.isEmpty()) {
            tokens.turn("system", system);
        }
        List<Message> messages = request.messages();
        for (int i = 0; i < messages.size(); i++) {
            switch (messages.get(i)) {
                case Message.User user -> tokens.turn("user", user.text());
                case Message.Assistant assistant -> tokens.reply(assistant);
                case Message.ToolReply first -> {
                    StringBuilder responses = new StringBuilder();
                    for (; i < messages.size() && messages.get(i) instanceof Message.ToolReply reply; i++) {
                        responses.append(responses.isEmpty() ? "" : "\n").append(response(reply));
                    }
                    i--;
                    tokens.turn("user", responses.toString());
                }
            }
        }
        tokens.mark(start).text("assistant\n");
        return tokens.toArray();
    }

    /** What stands at the beginning of a reply that must not think. */
    int[] noThought() {
        return tokenizer.encode(NO_THOUGHT, true);
    }

    private static String response(Message.ToolReply reply) {
        return "<tool_response>\n" + reply.result().content() + "\n</tool_response>";
    }

    private static String systemText(ChatRequest request) {
        if (request.tools().isEmpty()) {
            return request.system();
        }
        StringBuilder text = new StringBuilder(request.system());
        if (!text.isEmpty()) {
            text.append("\n\n");
        }
        text.append("# Tools\n\nYou may call one or more functions to assist with the user query.\n\n"
                + "You are provided with function signatures within <tools></tools> XML tags:\n<tools>");
        request.tools().forEach(tool -> text.append('\n').append(PythonJson.write(signature(tool))));
        text.append("\n</tools>\n\nFor each function call, return a json object with function name and arguments within"
                + " <tool_call></tool_call> XML tags:\n<tool_call>\n"
                + "{\"name\": <function-name>, \"arguments\": <args-json-object>}\n</tool_call>");
        return text.toString();
    }

    private static Map<String, Object> signature(ToolSpec tool) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", tool.name());
        function.put("description", tool.description());
        function.put("parameters", tool.parameters().toJsonSchema());
        Map<String, Object> signature = new LinkedHashMap<>();
        signature.put("type", "function");
        signature.put("function", function);
        return signature;
    }

    private static String rendered(Message.Assistant message) {
        StringBuilder text = new StringBuilder(message.text());
        for (Part.ToolCall call : message.toolCalls()) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append("<tool_call>\n{\"name\": ")
                    .append(PythonJson.write(call.tool()))
                    .append(", \"arguments\": ")
                    .append(PythonJson.write(call.arguments().values()))
                    .append("}\n</tool_call>");
        }
        return text.toString();
    }

    /** Collects tokens. */
    private final class Tokens {
        private final List<int[]> pieces = new ArrayList<>();

        Tokens mark(int token) {
            pieces.add(new int[] {token});
            return this;
        }

        Tokens text(String text) {
            pieces.add(texts.encode(text));
            return this;
        }

        void turn(String role, String text) {
            mark(start).text(role + "\n" + text).mark(end).text("\n");
        }

        void reply(Message.Assistant message) {
            Optional<TokenTrace> trace =
                    message.tokens().filter(known -> known.model().equals(modelId));
            mark(start);
            if (trace.isPresent()) {
                text("assistant\n");
                pieces.add(trace.get().ids());
            } else {
                text("assistant\n" + rendered(message));
            }
            mark(end).text("\n");
        }

        int[] toArray() {
            return pieces.stream().flatMapToInt(java.util.Arrays::stream).toArray();
        }
    }
}
