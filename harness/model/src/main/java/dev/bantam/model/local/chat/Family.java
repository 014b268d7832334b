package dev.bantam.model.local.chat;

import dev.bantam.api.ReplyListener;
import dev.bantam.api.ToolSpec;
import dev.bantam.engine.grammar.CallSyntax;
import java.util.List;

/** How a family of models thinks and calls. */
enum Family {
    HERMES(CallSyntax.HERMES, "<tool_call>", false),
    QWEN_XML(CallSyntax.QWEN_XML, "<tool_call>", false),
    MISTRAL(CallSyntax.MISTRAL, "[TOOL_CALLS]", true),
    LLAMA3(CallSyntax.LLAMA3, "", true),
    HARMONY(CallSyntax.HARMONY, "<|channel|>commentary to=", true);

    private final CallSyntax syntax;
    private final String callOpening;
    private final boolean callEndsReply;

    Family(CallSyntax syntax, String callOpening, boolean callEndsReply) {
        this.syntax = syntax;
        this.callOpening = callOpening;
        this.callEndsReply = callEndsReply;
    }

    /** The family that a template was written for; Hermes for those that say nothing of calls. */
    static Family of(String template) {
        if (template.contains("<|channel|>") && template.contains("<|message|>")) {
            return HARMONY;
        }
        if (template.contains("<function=") && template.contains("<parameter=")) {
            return QWEN_XML;
        }
        if (template.contains("[TOOL_CALLS]")) {
            return MISTRAL;
        }
        if (template.contains("<tool_call>")) {
            return HERMES;
        }
        return template.contains("<|start_header_id|>") && template.contains("tool_calls") ? LLAMA3 : HERMES;
    }

    CallSyntax syntax() {
        return syntax;
    }

    String callOpening() {
        return callOpening;
    }

    boolean callEndsReply() {
        return callEndsReply;
    }

    /** What opens a thought. */
    String thinkOpening() {
        return switch (this) {
            case HERMES, QWEN_XML, LLAMA3 -> "<think>";
            case MISTRAL -> "[THINK]";
            case HARMONY -> "<|channel|>analysis<|message|>";
        };
    }

    /** The mark that closes a thought. */
    String thinkClosing() {
        return switch (this) {
            case HERMES, QWEN_XML, LLAMA3 -> "</think>";
            case MISTRAL -> "[/THINK]";
            case HARMONY -> "<|end|>";
        };
    }

    /** What closes a thought and leads on to the answer. */
    String thinkingClosing() {
        return switch (this) {
            case HERMES, QWEN_XML, LLAMA3 -> "\n</think>\n\n";
            case MISTRAL -> "[/THINK]";
            case HARMONY -> "<|end|><|start|>assistant";
        };
    }

    /** Whether a model with this template thinks. */
    boolean thinks(String template) {
        return template.contains(this == HARMONY ? "analysis" : thinkOpening());
    }

    ReplyReader reader(List<ToolSpec> tools, ReplyListener listener, String idPrefix, boolean thinking) {
        return switch (this) {
            case HERMES -> marked(new HermesCalls(), listener, idPrefix, thinking);
            case QWEN_XML -> marked(new QwenXmlCalls(tools), listener, idPrefix, thinking);
            case MISTRAL -> marked(new MistralCalls(), listener, idPrefix, thinking);
            case LLAMA3 -> marked(new Llama3Calls(), listener, idPrefix, thinking);
            case HARMONY -> new HarmonyReader(listener, idPrefix);
        };
    }

    private ReplyReader marked(CallForm form, ReplyListener listener, String idPrefix, boolean thinking) {
        return new MarkedReader(thinkOpening(), thinkClosing(), form, listener, idPrefix, thinking);
    }
}
