package dev.bantam.ext.toolcallrepair;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads calls in fenced blocks. A block for tools may hold any form of call; a block of JSON, or of no named language,
 * counts only when it holds calls and nothing else. Blocks of other languages are quotations.
 */
final class FencedCalls {
    private static final Set<String> FOR_TOOLS = Set.of("tool", "tools", "tool_call", "tool_calls", "tool-call");
    private static final Set<String> FOR_DATA = Set.of("", "json", "json5", "jsonc");
    private static final String TAG = "<tool_call>";

    private final String text;
    private final MarkedCalls marked;
    private final CallBody body;

    FencedCalls(String text, MarkedCalls marked, CallBody body) {
        this.text = text;
        this.marked = marked;
        this.body = body;
    }

    /** Reads the block whose first line has the fence at the position. */
    Optional<Candidate> read(int start, String fence) {
        int firstLineEnd = Blanks.lineEnd(text, start);
        String language =
                text.substring(start + fence.length(), firstLineEnd).strip().toLowerCase(Locale.ROOT);
        if (FOR_TOOLS.contains(language)) {
            int first = Blanks.behind(text, firstLineEnd);
            Optional<Candidate> found = text.startsWith(TAG, first)
                    ? marked.tagged(Form.TOOL_FENCE, start, first + TAG.length())
                    : body.read(Form.TOOL_FENCE, start, first);
            return found.flatMap(candidate -> closed(candidate, fence, firstLineEnd));
        }
        return FOR_DATA.contains(language)
                ? body.read(Form.JSON_FENCE, start, firstLineEnd)
                        .flatMap(candidate -> closed(candidate, fence, firstLineEnd))
                : Optional.empty();
    }

    private Optional<Candidate> closed(Candidate found, String fence, int firstLineEnd) {
        int after = Blanks.behind(text, found.end());
        boolean whole = after == text.length() || text.startsWith(fence, after);
        if (found.fault().isEmpty() && whole) {
            return Optional.of(
                    Candidate.read(found.form(), found.start(), Blanks.lineEnd(text, after), found.drafts()));
        }
        if (found.fault().isEmpty() && !found.form().explicit()) {
            return Optional.empty();
        }
        String fault = found.fault().orElse("something else follows the call in its block");
        return Optional.of(Candidate.faulty(found.form(), found.start(), end(firstLineEnd, fence), fault));
    }

    /** Behind the line that closes the fence; the text's end if it stays open. */
    int end(int position, String fence) {
        int line = Blanks.lineEnd(text, position);
        while (line < text.length()) {
            int content = Blanks.behind(text, line);
            line = Blanks.lineEnd(text, Math.max(content, line + 1));
            if (text.startsWith(fence, content) && Blanks.endLine(text, content + fence.length())) {
                return line;
            }
        }
        return text.length();
    }
}
