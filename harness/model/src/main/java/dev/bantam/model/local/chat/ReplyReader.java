package dev.bantam.model.local.chat;

import dev.bantam.api.Part;
import java.util.List;

/**
 * Reads a reply as it streams, and tells a listener what is text and what is thought; never a part of a mark. A call that
 * is not exactly right stays text, as it was written; repairing it is an extension's business.
 */
public interface ReplyReader {
    /** What the reply is in the middle of. */
    enum State {
        TEXT,
        THINKING,
        CALL
    }

    /** More of the reply. */
    void add(String text);

    State state();

    /** The parts of the reply; what was left open counts as what it was. No more can be added. */
    List<Part> finish();
}
