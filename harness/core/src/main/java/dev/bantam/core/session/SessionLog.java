package dev.bantam.core.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;

/**
 * Where a session's entries go, one after the other. Entries form a tree: each names its parent, and the next one hangs
 * below the {@linkplain #head() head}.
 */
public interface SessionLog extends AutoCloseable {
    /**
     * Adds an entry below the head and makes it the head.
     *
     * @param event an object with {@code type}
     * @return the entry's id
     * @throws UncheckedIOException when it cannot be written; the session ends then, rather than going on unrecorded
     */
    String append(ObjectNode event);

    /** The id of the entry below which the next one will hang; empty at the start. */
    String head();

    /** Goes back to an earlier entry. What came after stays in the file as a branch that was left. */
    void moveTo(String entryId);

    @Override
    void close();

    /** A log that forgets: for {@code --no-session}. */
    static SessionLog forgetful() {
        return new SessionLog() {
            private int count;
            private String head = "";

            @Override
            public String append(ObjectNode event) {
                head = String.valueOf(++count);
                return head;
            }

            @Override
            public String head() {
                return head;
            }

            @Override
            public void moveTo(String entryId) {
                head = entryId;
            }

            @Override
            public void close() {}
        };
    }
}
