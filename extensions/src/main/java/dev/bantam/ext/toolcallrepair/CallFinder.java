package dev.bantam.ext.toolcallrepair;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what looks like calls in a text, from left to right. What stands in inline code or in a block of code of some
 * language is quoted, and is stepped over. The work is bounded: where a text makes it read the same stretch again and
 * again, it finds nothing.
 */
final class CallFinder {
    private static final Pattern MARK = Pattern.compile("""
            (?mx)
            ^[ \\t]*+ (?: (?<fence> ```++ | ~~~++ ) (?=[^`\\n]*+$) )
            | (?<tick> `++ )
            | (?<tag> <(?:tool_call|function_call)s?> )
            | (?<function> <function\\s*+(?:=|name=) )
            | (?<mistral> \\[TOOL_CALLS\\] )
            | (?<python> <\\|python_tag\\|> )
            | ^[ \\t]*+ (?<bare> [{\\[] ) (?!TOOL_CALLS\\])
            """);

    /** No reply has so many; a text that seems to is a loop, or an attack. */
    private static final int MOST = 1_000;

    private final String text;
    private final CallBody body;
    private final MarkedCalls marked;
    private final FencedCalls fenced;
    private long effort;

    CallFinder(String text) {
        this.text = text;
        this.body = new CallBody(text);
        this.marked = new MarkedCalls(text, body);
        this.fenced = new FencedCalls(text, marked, body);
    }

    List<Candidate> find() {
        List<Candidate> candidates = new ArrayList<>();
        Matcher mark = MARK.matcher(text);
        int position = 0;
        while (position < text.length() && mark.find(position)) {
            Optional<Candidate> candidate = candidate(mark).map(this::withoutLooseEnd);
            int next = candidate.map(Candidate::end).orElseGet(() -> behind(mark));
            effort += Math.max(0, body.furthest() - mark.start());
            candidate.ifPresent(candidates::add);
            if (effort > 16L * text.length() + 65_536 || candidates.size() > MOST) {
                return List.of();
            }
            position = Math.max(next, mark.end());
        }
        return candidates;
    }

    private Optional<Candidate> candidate(Matcher mark) {
        if (mark.group("fence") != null) {
            return fenced.read(mark.start("fence"), mark.group("fence"));
        }
        if (mark.group("tag") != null) {
            return marked.tagged(Form.TAG, mark.start(), mark.end());
        }
        if (mark.group("function") != null) {
            return marked.function(mark.start());
        }
        if (mark.group("mistral") != null) {
            return marked.mistral(mark.start(), mark.end());
        }
        if (mark.group("python") != null) {
            return marked.python(mark.start(), mark.end());
        }
        return mark.group("bare") != null ? marked.bare(mark.start("bare")) : Optional.empty();
    }

    /** A bracket or quote right behind a call without a closing tag belongs to it: it was not read to its end. */
    private Candidate withoutLooseEnd(Candidate found) {
        int behind = Blanks.behind(text, found.end());
        boolean loose = behind < text.length()
                && text.charAt(found.end() - 1) != '>'
                && "\"'}],:".indexOf(text.charAt(behind)) >= 0
                && text.substring(found.end(), behind).indexOf('\n') < 0;
        return loose && found.fault().isEmpty()
                ? Candidate.faulty(
                        found.form(), found.start(), found.end(), "something else stands right behind the call")
                : found;
    }

    /** Where to go on when there is no call at the mark. */
    private int behind(Matcher mark) {
        if (mark.group("fence") != null) {
            return fenced.end(mark.end("fence"), mark.group("fence"));
        }
        if (mark.group("bare") != null) {
            return body.furthest();
        }
        return mark.group("tick") != null ? behindInlineCode(mark.end()) : mark.end();
    }

    /** Inline code ends at the next backticks of its line; without any, these open nothing. */
    private int behindInlineCode(int start) {
        int position = start;
        while (position < text.length() && text.charAt(position) != '\n') {
            if (text.charAt(position) == '`') {
                return behindTicks(position);
            }
            position++;
        }
        return start;
    }

    private int behindTicks(int start) {
        int position = start;
        while (position < text.length() && text.charAt(position) == '`') {
            position++;
        }
        return position;
    }
}
