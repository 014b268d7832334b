package dev.bantam.ext.toolcallrepair;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads calls in the frames that chat templates know, where a frame seems to begin. */
final class MarkedCalls {
    private static final String TAG = "<tool_call>";
    private static final Pattern TAG_END = Pattern.compile("\\s*+</(?:tool_call|function_call)s?>");
    private static final Pattern TURN_END = Pattern.compile("\\s*+(?:<\\|eom_id\\|>|<\\|eot_id\\|>)");
    private static final Pattern FENCE = Pattern.compile("\\s*+```++\\w*+\\s*+");
    private static final Pattern EXTRA_BRACKETS = Pattern.compile("\\s*+[}\\]]++");
    private static final Pattern BEGINS_AS_CALL =
            Pattern.compile("\\[?+\\s*+\\{\\s*+[\"'\u201c]?+(?:name|tool|tool_name|tool_calls|function|id|type)\\b");
    private static final Pattern PYTHON_NAME = Pattern.compile("([\\w-]++)(?:\\.call)?+\\(");
    private static final Pattern MISTRAL_NAME =
            Pattern.compile("([\\w.-]++)(?:\\[CALL_ID][\\w-]++)?+(?:\\[ARGS])?+\\s*+(?=\\{)");

    private final String text;
    private final CallBody body;
    private final Landmark tags;
    private final Landmark tagEnds;

    MarkedCalls(String text, CallBody body) {
        this.text = text;
        this.body = body;
        this.tags = new Landmark(text, TAG);
        this.tagEnds = new Landmark(text, "</tool_call>");
    }

    /** Reads {@code <tool_call>…</tool_call>}; what stands in it may be JSON or function markup. */
    Optional<Candidate> tagged(Form form, int start, int first) {
        return body.read(form, start, behind(FENCE, first))
                .map(found -> found.fault().isPresent()
                        ? Candidate.faulty(
                                form,
                                start,
                                behindTagEnd(found.end()),
                                found.fault().get())
                        : closed(found));
    }

    /** Takes the closing tag, if there is one. */
    private Candidate closed(Candidate found) {
        int inner = behind(EXTRA_BRACKETS, found.end());
        int end = behind(TAG_END, behind(FENCE, inner));
        if (end > behind(FENCE, inner)) {
            List<Draft> drafts = inner == found.end()
                    ? found.drafts()
                    : found.drafts().stream()
                            .map(draft -> draft.noting("too many closing brackets"))
                            .toList();
            return Candidate.read(found.form(), found.start(), end, drafts);
        }
        int later = behindTagEnd(found.end());
        return later > found.end()
                ? Candidate.faulty(found.form(), found.start(), later, "something else stands before </tool_call>")
                : found;
    }

    /** Reads {@code <function=NAME>…}, whose {@code <tool_call>} is missing. */
    Optional<Candidate> function(int start) {
        return body.read(Form.FUNCTION, start, start)
                .map(found -> new Candidate(
                        Form.FUNCTION, start, behind(TAG_END, found.end()), found.drafts(), found.fault()));
    }

    /** Reads {@code [TOOL_CALLS] [{…}]} and {@code [TOOL_CALLS]name[ARGS]{…}}. */
    Optional<Candidate> mistral(int start, int behindMark) {
        int first = Blanks.behind(text, behindMark);
        Matcher name = MISTRAL_NAME.matcher(text).region(first, text.length());
        if (name.lookingAt()) {
            return body.arguments(Form.MISTRAL, start, name.group(1), name.end());
        }
        return text.startsWith("[TOOL_CALLS]", first) ? Optional.empty() : body.read(Form.MISTRAL, start, first);
    }

    /** Reads {@code <|python_tag|>{…}; {…}} and {@code <|python_tag|>name.call(key="value")}. */
    Optional<Candidate> python(int start, int behindMark) {
        int first = Blanks.behind(text, behindMark);
        Matcher name = PYTHON_NAME.matcher(text).region(first, text.length());
        Optional<Candidate> candidate = name.lookingAt()
                ? body.keywords(Form.PYTHON_TAG, start, name.group(1), name.end())
                : body.read(Form.PYTHON_TAG, start, behindMark);
        return candidate.map(found ->
                new Candidate(Form.PYTHON_TAG, start, behind(TURN_END, found.end()), found.drafts(), found.fault()));
    }

    /** Reads JSON that begins a line; the last of it must end its line. A fault counts if it begins as calls do. */
    Optional<Candidate> bare(int start) {
        return body.read(Form.BARE, start, start)
                .filter(found -> found.fault().isPresent()
                        ? BEGINS_AS_CALL
                                .matcher(text)
                                .region(start, text.length())
                                .lookingAt()
                        : Blanks.endLine(text, found.end()));
    }

    /** Behind the closing tag of the tag that is open at the position; the position itself when there is none. */
    private int behindTagEnd(int position) {
        int end = tagEnds.from(position);
        int next = tags.from(position);
        return end >= 0 && (next < 0 || end < next) ? end + "</tool_call>".length() : position;
    }

    private int behind(Pattern pattern, int position) {
        Matcher matcher = pattern.matcher(text).region(position, text.length());
        return matcher.lookingAt() ? matcher.end() : position;
    }
}
