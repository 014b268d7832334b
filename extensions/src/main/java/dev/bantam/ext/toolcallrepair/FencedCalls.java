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

    private final String text;
    private final MarkedCalls marked;

    FencedCalls(String text, MarkedCalls marked) {
        this.text = text;
        this.marked = marked;
    }

    /** Reads the block whose first line begins with the fence. */
    Optional<Candidate> read(int start, String fence) {
        int body = lineEnd(start);
        String language = text.substring(start + fence.length(), body).strip().toLowerCase(Locale.ROOT);
        boolean forTools = FOR_TOOLS.contains(language);
        if (!forTools && !FOR_DATA.contains(language)) {
            return Optional.empty();
        }
        Form form = forTools ? Form.TOOL_FENCE : Form.JSON_FENCE;
        Optional<Candidate> found = marked.block(form, start, body);
        if (found.isEmpty() || found.get().fault().isPresent()) {
            int end = end(body, fence);
            return found.map(faulty -> Candidate.faulty(form, start, end, faulty.fault().orElseThrow()));
        }
        int after = blankEnd(found.get().end());
        boolean closed = text.startsWith(fence, after);
        if (!closed && after < text.length()) {
            return forTools
                    ? Optional.of(Candidate.faulty(form, start, end(body, fence), "something else follows the call"))
                    : Optional.empty();
        }
        return Optional.of(
                Candidate.read(form, start, closed ? lineEnd(after) : after, found.get().drafts()));
    }

    /** Behind the line that closes the fence; the text's end if it stays open. */
    int end(int body, String fence) {
        int line = lineEnd(body);
        while (line < text.length()) {
            int content = blankEnd(line);
            int next = lineEnd(Math.max(content, line + 1));
            if (text.startsWith(fence, content)) {
                return next;
            }
            line = next;
        }
        return text.length();
    }

    private int lineEnd(int position) {
        int end = text.indexOf('\n', position);
        return end < 0 ? text.length() : end;
    }

    private int blankEnd(int position) {
        int end = position;
        while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
