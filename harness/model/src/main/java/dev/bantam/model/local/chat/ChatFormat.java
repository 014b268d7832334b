package dev.bantam.model.local.chat;

import dev.bantam.api.ChatRequest;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.ToolSpec;
import dev.bantam.engine.grammar.CallSyntax;
import java.util.List;

/**
 * How a family of models is spoken to. The history is the tokens: a reply that carries its trace enters the prompt as it
 * was generated, and of two requests of a conversation the later prompt extends the earlier. What people, tools and files
 * say is never read as a mark. One thread.
 */
public interface ChatFormat {
    /**
     * The whole prompt, up to and including what opens the reply.
     *
     * @param think whether the reply may begin with thinking; families that never think, or always do, ignore it
     */
    Prompt prompt(ChatRequest request, boolean think);

    /**
     * A reader for one reply.
     *
     * @param tools whose schemas say what type an argument has, where the family's calls do not
     * @param idPrefix of the calls' ids, unique in the conversation
     * @param thinking whether the prompt left a block of thinking open: {@link Prompt#thinking}
     */
    ReplyReader reader(List<ToolSpec> tools, ReplyListener listener, String idPrefix, boolean thinking);

    /** How calls are written. */
    CallSyntax syntax();

    /**
     * The marks whose appearance opens a call, such as {@code <tool_call>}; what {@link #syntax} describes is the whole
     * call, these marks included. Empty where a call has no marks and is the whole reply.
     */
    String callOpening();

    /** Whether the turn is over with the first call, or list of calls. */
    boolean callEndsReply();

    /** What closes a block of thinking and leads on to the answer; empty when the family does not think. */
    String thinkingClosing();
}
