package dev.bantam.ext.toolcallrepair;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the calls that begin at a place, as JSON or as function markup, without a frame around them. */
final class CallBody {
    private final String text;
    private final Landmark valueEnds;
    private int furthest;

    CallBody(String text) {
        this.text = text;
        this.valueEnds = FunctionMarkup.valueEnds(text);
    }

    /** How far the last reading looked; the price of it. */
    int furthest() {
        return furthest;
    }

    /**
     * Reads one or more calls.
     *
     * @param start of the frame around them, where the candidate begins
     * @param body where they begin; white space may stand before
     * @return empty when there is neither JSON nor function markup, or JSON that is data
     */
    Optional<Candidate> read(Form form, int start, int body) {
        int first = Blanks.behind(text, body);
        furthest = first;
        try {
            if (text.startsWith("{", first) || text.startsWith("[", first)) {
                return objects(form, start, first);
            }
            return form.explicit() ? functions(form, start, first) : Optional.empty();
        } catch (Fault fault) {
            return faulty(form, start, fault);
        }
    }

    /** Reads one call's arguments, an object, where the tool's name stood before. */
    Optional<Candidate> arguments(Form form, int start, String tool, int body) {
        try {
            JsonReader reader = new JsonReader(text, body);
            Json arguments = reader.read();
            furthest = reader.position();
            return CallObject.arguments(tool, arguments, text, reader.leniencies())
                    .map(draft -> Candidate.read(form, start, furthest, List.of(draft)));
        } catch (Fault fault) {
            return faulty(form, start, fault);
        }
    }

    /** Reads one call's arguments as Python has them, behind the opening parenthesis. */
    Optional<Candidate> keywords(Form form, int start, String tool, int body) {
        try {
            KeywordArguments reader = new KeywordArguments(text, body);
            Json.Members arguments = reader.read();
            furthest = reader.position();
            return Optional.of(Candidate.read(
                    form, start, furthest, List.of(new Draft(tool, arguments, text, reader.leniencies()))));
        } catch (Fault fault) {
            return faulty(form, start, fault);
        }
    }

    private Optional<Candidate> objects(Form form, int start, int first) throws Fault {
        List<Draft> drafts = new ArrayList<>();
        int next = first;
        while (next >= 0) {
            JsonReader reader = new JsonReader(text, next);
            Json value = reader.read();
            furthest = reader.position();
            Optional<List<Draft>> calls = CallObject.drafts(value, text, reader.leniencies());
            if (calls.isEmpty() && form.explicit()) {
                throw new Fault("it is no object of a name and arguments", furthest);
            }
            if (calls.isEmpty()) {
                return Optional.empty();
            }
            drafts.addAll(calls.get());
            next = nextObject(furthest);
        }
        return Optional.of(Candidate.read(form, start, furthest, drafts));
    }

    private Optional<Candidate> functions(Form form, int start, int first) throws Fault {
        List<Draft> drafts = new ArrayList<>();
        FunctionMarkup markup = new FunctionMarkup(text, valueEnds);
        Optional<Draft> draft = markup.read(first);
        while (draft.isPresent()) {
            drafts.add(draft.get());
            furthest = markup.position();
            markup = new FunctionMarkup(text, valueEnds);
            draft = markup.read(Blanks.behind(text, furthest));
        }
        return drafts.isEmpty() ? Optional.empty() : Optional.of(Candidate.read(form, start, furthest, drafts));
    }

    private Optional<Candidate> faulty(Form form, int start, Fault fault) {
        furthest = Math.clamp(fault.position(), start + 1, text.length());
        return Optional.of(Candidate.faulty(form, start, furthest, fault.getMessage()));
    }

    /** Where another object of the same group begins; -1 if none does. */
    private int nextObject(int position) {
        int next = Blanks.behind(text, position);
        if (text.startsWith(";", next) || text.startsWith(",", next)) {
            next = Blanks.behind(text, next + 1);
        }
        return text.startsWith("{", next) ? next : -1;
    }
}
