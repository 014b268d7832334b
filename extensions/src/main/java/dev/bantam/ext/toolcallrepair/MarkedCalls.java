package dev.bantam.ext.toolcallrepair;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads calls at a place where they seem to begin. */
final class MarkedCalls {
    private static final Pattern TAG_END = Pattern.compile("</(?:tool_call|function_call)>");
    private static final Pattern TURN_END = Pattern.compile("\\s*+(?:<\\|eom_id\\|>|<\\|eot_id\\|>)");
    private static final Pattern FENCE = Pattern.compile("```++\\w*+\\s*+");
    private static final Pattern MISTRAL_NAME = Pattern.compile("([\\w.-]++)(?:\\[CALL_ID][\\w-]++)?+(?:\\[ARGS])?+\\s*+(?=\\{)");

    private final String text;
    private final Landmark valueEnds;
    private final Landmark tags;
    private final Landmark tagEnds;
    private int furthest;

    /** @param valueEnds see {@link FunctionMarkup#valueEnds} */
    MarkedCalls(String text, Landmark valueEnds) {
        this.text = text;
        this.valueEnds = valueEnds;
        this.tags = new Landmark(text, "<tool_call>");
        this.tagEnds = new Landmark(text, "</tool_call>");
    }

    /** How far the last reading looked; the price of it. */
    int furthest() {
        return furthest;
    }

    /** Reads {@code <tool_call>…</tool_call>}; what stands in it may be JSON or function markup. */
    Optional<Candidate> tagged(int start, int body) {
        int first = skip(FENCE, blankEnd(body));
        Optional<Candidate> found = block(Form.TAG, start, first);
        if (found.isEmpty()) {
            return found;
        }
        Candidate candidate = found.get();
        if (candidate.fault().isPresent()) {
            return Optional.of(Candidate.faulty(Form.TAG, start, tagEnd(candidate.end()), candidate.fault().get()));
        }
        int after = blankEnd(skip(FENCE, blankEnd(behindExtraBrackets(candidate.end()))));
        Matcher close = TAG_END.matcher(text).region(after, text.length());
        if (close.lookingAt()) {
            return Optional.of(Candidate.read(Form.TAG, start, close.end(), candidate.drafts()));
        }
        int end = tagEnds.from(candidate.end());
        int next = tags.from(candidate.end());
        boolean closedLater = end >= 0 && (next < 0 || end < next);
        return Optional.of(
                closedLater
                        ? Candidate.faulty(Form.TAG, start, tagEnd(end), "something else stands before </tool_call>")
                        : Candidate.read(Form.TAG, start, candidate.end(), candidate.drafts()));
    }

    /** Reads what begins at the position, JSON or function markup, without a frame around it. */
    Optional<Candidate> block(Form form, int start, int body) {
        int first = blankEnd(body);
        furthest = first;
        if (text.startsWith("{", first) || text.startsWith("[", first)) {
            return objects(form, start, first);
        }
        if (!form.explicit()) {
            return Optional.empty();
        }
        if (form == Form.TOOL_FENCE && text.startsWith("<tool_call>", first)) {
            return tagged(start, first + "<tool_call>".length());
        }
        return functions(form, start, first);
    }

    Optional<Candidate> function(int start) {
        return functions(Form.FUNCTION, start, start);
    }

    /** Reads {@code [TOOL_CALLS] [{…}]} and {@code [TOOL_CALLS]name[ARGS]{…}}. */
    Optional<Candidate> mistral(int start, int body) {
        int first = blankEnd(body);
        Matcher name = MISTRAL_NAME.matcher(text).region(first, text.length());
        if (!name.lookingAt()) {
            return text.startsWith("[TOOL_CALLS]", first) ? Optional.empty() : block(Form.MISTRAL, start, first);
        }
        JsonReader reader = new JsonReader(text, name.end());
        try {
            Json arguments = reader.read();
            furthest = reader.position();
            List<Draft> drafts = CallObject.arguments(name.group(1), arguments, text, reader.leniencies()).stream()
                    .toList();
            return Optional.of(Candidate.read(Form.MISTRAL, start, reader.position(), drafts));
        } catch (JsonFault fault) {
            return faulty(Form.MISTRAL, start, fault);
        }
    }

    /** Reads {@code <|python_tag|>{…}; {…}}. */
    Optional<Candidate> python(int start, int body) {
        return block(Form.PYTHON_TAG, start, body)
                .map(found -> new Candidate(
                        Form.PYTHON_TAG, start, skip(TURN_END, found.end()), found.drafts(), found.fault()));
    }

    /** Reads JSON that begins a line; the last of it must end its line. */
    Optional<Candidate> bare(int start) {
        Optional<Candidate> found = block(Form.BARE, start, start);
        int end = found.map(Candidate::end).orElse(start);
        boolean endsLine = text.startsWith("\n", lineBlankEnd(end)) || lineBlankEnd(end) == text.length();
        return found.filter(candidate -> candidate.fault().isPresent() || endsLine);
    }

    private Optional<Candidate> objects(Form form, int start, int first) {
        List<Draft> drafts = new ArrayList<>();
        int position = first;
        try {
            do {
                JsonReader reader = new JsonReader(text, position);
                Json value = reader.read();
                position = reader.position();
                furthest = position;
                Optional<List<Draft>> calls = CallObject.drafts(value, text, reader.leniencies());
                if (calls.isEmpty()) {
                    return form.explicit()
                            ? Optional.of(Candidate.faulty(
                                    form, start, position, "it is no object with a name and its arguments"))
                            : Optional.empty();
                }
                drafts.addAll(calls.get());
            } while ((first = nextObject(position)) > 0 && (position = first) > 0);
            return Optional.of(Candidate.read(form, start, position, drafts));
        } catch (JsonFault fault) {
            return faulty(form, start, fault);
        }
    }

    private Optional<Candidate> functions(Form form, int start, int first) {
        List<Draft> drafts = new ArrayList<>();
        int end = first;
        try {
            FunctionMarkup markup = new FunctionMarkup(text, valueEnds);
            Optional<Draft> draft = markup.read(first);
            while (draft.isPresent()) {
                drafts.add(draft.get());
                end = markup.position();
                furthest = end;
                markup = new FunctionMarkup(text, valueEnds);
                draft = markup.read(blankEnd(end));
            }
        } catch (JsonFault fault) {
            return faulty(form, start, fault);
        }
        return drafts.isEmpty() ? Optional.empty() : Optional.of(Candidate.read(form, start, end, drafts));
    }

    private Optional<Candidate> faulty(Form form, int start, JsonFault fault) {
        furthest = Math.max(start + 1, Math.min(text.length(), fault.position()));
        return Optional.of(Candidate.faulty(form, start, furthest, fault.getMessage()));
    }

    /** Where another object of the same group begins; 0 if none does. */
    private int nextObject(int position) {
        int next = blankEnd(position);
        if (text.startsWith(";", next) || text.startsWith(",", next)) {
            next = blankEnd(next + 1);
        }
        return text.startsWith("{", next) ? next : 0;
    }

    private int behindExtraBrackets(int position) {
        int end = position;
        while (end < text.length() && (text.charAt(end) == '}' || text.charAt(end) == ']')) {
            end++;
        }
        return end;
    }

    private int tagEnd(int position) {
        int end = tagEnds.from(position);
        int next = tags.from(position);
        return end >= 0 && (next < 0 || end < next) ? end + "</tool_call>".length() : position;
    }

    private int skip(Pattern pattern, int position) {
        Matcher matcher = pattern.matcher(text).region(position, text.length());
        return matcher.lookingAt() ? matcher.end() : position;
    }

    private int lineBlankEnd(int position) {
        int end = position;
        while (end < text.length() && text.charAt(end) != '\n' && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private int blankEnd(int position) {
        int end = position;
        while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
