package dev.bantam.model.local.chat;

import dev.bantam.api.ChatRequest;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.TokenTrace;
import dev.bantam.api.ToolSpec;
import dev.bantam.engine.Tokenizer;
import dev.bantam.engine.grammar.CallSyntax;
import java.util.List;
import java.util.Optional;

/** The ChatML format with Hermes tool calls, as Qwen3 uses it, message by message. */
final class ChatMl implements ChatFormat {
    private static final String START = "<|im_start|>";
    private static final String END = "<|im_end|>";
    private static final String NO_THOUGHT = "<think>\n\n</think>\n\n";
    private static final String TOOLS =
            "# Tools\n\nYou may call one or more functions to assist with the user query.\n\n"
                    + "You are provided with function signatures within <tools></tools> XML tags:\n<tools>";
    private static final String HOW_TO_CALL = "\n</tools>\n\n"
            + "For each function call, return a json object with function name and arguments within"
            + " <tool_call></tool_call> XML tags:\n<tool_call>\n"
            + "{\"name\": <function-name>, \"arguments\": <args-json-object>}\n</tool_call>";

    private final Tokenizer tokenizer;
    private final EncodedTexts texts;
    private final String modelId;
    private final boolean thinks;

    /**
     * @param modelId whose traces are read as they are
     * @param thinks whether replies may begin with a block of thinking, so that an empty one switches it off
     * @throws IllegalArgumentException when the vocabulary lacks the marks
     */
    ChatMl(Tokenizer tokenizer, String modelId, boolean thinks) {
        this.tokenizer = tokenizer;
        this.texts = new EncodedTexts(tokenizer);
        this.modelId = modelId;
        this.thinks = thinks;
        new PromptTokens(tokenizer, texts).mark(START).mark(END);
    }

    /** Whether a vocabulary has the marks. */
    static boolean fits(Tokenizer tokenizer) {
        return tokenizer.special(START).isPresent() && tokenizer.special(END).isPresent();
    }

    /** Whether this renders a template exactly: Qwen3's, and any that says the same. */
    static boolean isWrittenFor(String template) {
        boolean thinks = template.contains("<think>");
        return template.contains(START)
                && template.contains(inSource(TOOLS))
                && template.contains("<tool_call>\\n{")
                && template.contains("arguments within <tool_call></tool_call> XML tags")
                && !template.contains("You are Qwen")
                && (!thinks || template.contains("enable_thinking is false"));
    }

    private static String inSource(String text) {
        return text.replace("\n", "\\n");
    }

    @Override
    public Prompt prompt(ChatRequest request, boolean think) {
        PromptTokens tokens = new PromptTokens(tokenizer, texts);
        String system = systemText(request);
        if (!system.isEmpty()) {
            turn(tokens, "system", system);
        }
        int prefix = tokens.length();
        List<Message> messages = request.messages();
        for (int i = 0; i < messages.size(); i++) {
            switch (messages.get(i)) {
                case Message.User user -> turn(tokens, "user", user.text());
                case Message.Assistant assistant -> reply(tokens, assistant);
                case Message.ToolReply first -> {
                    StringBuilder responses = new StringBuilder();
                    for (; i < messages.size() && messages.get(i) instanceof Message.ToolReply reply; i++) {
                        responses.append(responses.isEmpty() ? "" : "\n").append(response(reply));
                    }
                    i--;
                    turn(tokens, "user", responses.toString());
                }
            }
        }
        tokens.stop().mark(START).text("assistant\n");
        int opening = tokens.length();
        if (thinks && !think) {
            tokens.tokens(tokenizer.encode(NO_THOUGHT, true));
        }
        return new Prompt(tokens.toArray(), prefix, tokens.stops(), opening, false);
    }

    @Override
    public ReplyReader reader(List<ToolSpec> tools, ReplyListener listener, String idPrefix, boolean thinking) {
        return new MarkedReader("<think>", "</think>", new HermesCalls(), listener, idPrefix, thinking);
    }

    @Override
    public CallSyntax syntax() {
        return CallSyntax.HERMES;
    }

    @Override
    public String callOpening() {
        return "<tool_call>";
    }

    @Override
    public boolean callEndsReply() {
        return false;
    }

    @Override
    public String thinkingClosing() {
        return thinks ? "\n</think>\n\n" : "";
    }

    private static void turn(PromptTokens tokens, String role, String text) {
        tokens.stop().mark(START).text(role + "\n" + text).mark(END).text("\n");
    }

    private void reply(PromptTokens tokens, Message.Assistant message) {
        Optional<TokenTrace> trace =
                message.tokens().filter(known -> known.model().equals(modelId));
        tokens.stop().mark(START);
        if (trace.isPresent()) {
            tokens.text("assistant\n").tokens(trace.get().ids());
        } else {
            tokens.text("assistant\n" + rendered(message));
        }
        tokens.mark(END).text("\n");
    }

    private static String response(Message.ToolReply reply) {
        return "<tool_response>\n" + reply.result().content() + "\n</tool_response>";
    }

    private static String systemText(ChatRequest request) {
        if (request.tools().isEmpty()) {
            return request.system();
        }
        return (request.system().isEmpty() ? "" : request.system() + "\n\n") + toolsText(request.tools());
    }

    /** What tells a model of its tools, and how to call them. */
    static String toolsText(List<ToolSpec> tools) {
        StringBuilder text = new StringBuilder(TOOLS);
        tools.forEach(tool -> text.append('\n').append(PythonJson.write(Functions.signature(tool))));
        return text.append(HOW_TO_CALL).toString();
    }

    /** A reply's text and calls. */
    static String rendered(Message.Assistant message) {
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
}
