package dev.bantam.ext.toolcallrepair;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code <function=NAME><parameter=K>V</parameter></function>}, as the Qwen coders write it, and
 * {@code <function=NAME>{…}</function>}, as the Llamas do. A value is taken as it stands, less one line break at each
 * end. A value that itself holds such markup is a fault: nobody can tell where it ends.
 */
final class FunctionMarkup {
    private static final Pattern OPEN =
            Pattern.compile("<function\\s*+(?:=|name=)\\s*+[\"']?+([\\w.-]++)[\"']?+\\s*+>");
    private static final Pattern PARAMETER =
            Pattern.compile("<parameter\\s*+(?:=|name=)\\s*+[\"']?+([\\w.-]++)[\"']?+\\s*+>");
    private static final Pattern AFTER_VALUE =
            Pattern.compile("\\s*+(?:<parameter\\s*+[=n]|</function>|</tool_call>|\\z)");
    private static final String VALUE_END = "</parameter>";
    private static final String END = "</function>";

    private final String text;
    private final Landmark valueEnds;
    private final Set<String> leniencies = new LinkedHashSet<>();
    private int position;

    /** @param valueEnds finds the ends of values; shared by all readings of one text */
    FunctionMarkup(String text, Landmark valueEnds) {
        this.text = text;
        this.valueEnds = valueEnds;
    }

    static Landmark valueEnds(String text) {
        return new Landmark(text, VALUE_END);
    }

    /** Behind what was read. */
    int position() {
        return position;
    }

    /** Reads one call at the opening tag; empty when no such tag stands there. */
    Optional<Draft> read(int start) throws Fault {
        Matcher open = OPEN.matcher(text).region(start, text.length());
        if (!open.lookingAt()) {
            return Optional.empty();
        }
        position = open.end();
        skipBlank();
        Draft draft = text.startsWith("{", position) ? json(open.group(1)) : parameters(open.group(1));
        skipBlank();
        if (text.startsWith(END, position)) {
            position += END.length();
        } else if (endsHere() && !draft.arguments().members().isEmpty()) {
            leniencies.add("no " + END);
        } else {
            throw new Fault("<parameter=…> or " + END + " should follow the last parameter", position);
        }
        return Optional.of(new Draft(draft.tool(), draft.arguments(), draft.source(), leniencies));
    }

    private Draft json(String tool) throws Fault {
        JsonReader reader = new JsonReader(text, position);
        Json arguments = reader.read();
        position = reader.position();
        leniencies.addAll(reader.leniencies());
        return CallObject.arguments(tool, arguments, text, leniencies).orElseThrow();
    }

    private Draft parameters(String tool) throws Fault {
        int start = position;
        List<Json.Member> members = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Matcher parameter = PARAMETER.matcher(text);
        while (parameter.region(position, text.length()).lookingAt()) {
            if (!names.add(parameter.group(1))) {
                throw new Fault("the parameter " + parameter.group(1) + " is there twice", position);
            }
            members.add(new Json.Member(parameter.group(1), value(parameter.group(1), parameter.end())));
            skipBlank();
        }
        return new Draft(tool, new Json.Members(members, start, position), text, leniencies);
    }

    private Json.Text value(String name, int start) throws Fault {
        Matcher after = AFTER_VALUE.matcher(text);
        int end = valueEnds.from(start);
        while (end >= 0
                && !after.region(end + VALUE_END.length(), text.length()).lookingAt()) {
            end = valueEnds.from(end + 1);
        }
        if (end < 0) {
            throw new Fault("the parameter " + name + " has no " + VALUE_END, text.length());
        }
        position = end + VALUE_END.length();
        String value = text.substring(start, end);
        if (value.contains("<parameter=") || value.contains("<function=")) {
            throw new Fault(
                    "the value of " + name + " holds markup of calls, so that its end cannot be told", position);
        }
        return new Json.Text(withoutOuterBreaks(value), start, end);
    }

    private static String withoutOuterBreaks(String value) {
        int from = value.startsWith("\r\n") ? 2 : value.startsWith("\n") ? 1 : 0;
        int to = value.endsWith("\r\n") ? value.length() - 2 : value.length() - (value.endsWith("\n") ? 1 : 0);
        return from >= to ? "" : value.substring(from, to);
    }

    private boolean endsHere() {
        return position == text.length() || text.startsWith("</tool_call>", position);
    }

    private void skipBlank() {
        position = Blanks.behind(text, position);
    }
}
