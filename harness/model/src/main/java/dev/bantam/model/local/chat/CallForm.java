package dev.bantam.model.local.chat;

import dev.bantam.api.Arguments;
import java.util.List;
import java.util.Optional;

/** How a family writes calls into the text of a reply. */
interface CallForm {
    /** The mark before a call. */
    String opening();

    /** Whether a reply that begins with a brace is a call as well. */
    default boolean bare() {
        return false;
    }

    /** The mark after it; empty when only the reply's end ends a call. */
    String closing();

    /** Whether a closing mark after this much of a call would be a part of a string. */
    boolean endsInsideAString(CharSequence written);

    /** What stands between the marks; empty when that is not exactly right. */
    List<Call> parse(String written);

    /** @param raw the arguments byte for byte, where they were written as one JSON object */
    record Call(String tool, Arguments arguments, Optional<String> raw) {}
}
