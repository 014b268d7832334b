package dev.bantam.ext.toolcallrepair;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code path="a", limit=3)}, as the Llamas write the arguments of a call. The values are read as JSON is. */
final class KeywordArguments {
    private static final Pattern NAME = Pattern.compile("(\\w++)\\s*+=\\s*+");

    private final String text;
    private final Set<String> leniencies = new LinkedHashSet<>();
    private int position;

    /** @param position behind the opening parenthesis */
    KeywordArguments(String text, int position) {
        this.text = text;
        this.position = position;
    }

    Json.Members read() throws Fault {
        int start = position;
        List<Json.Member> members = new ArrayList<>();
        Set<String> names = new HashSet<>();
        position = Blanks.behind(text, position);
        while (!text.startsWith(")", position)) {
            Matcher name = NAME.matcher(text).region(position, text.length());
            if (!name.lookingAt() || !names.add(name.group(1))) {
                throw new Fault(
                        "an argument of its own, as in name=\"value\", should stand before "
                                + JsonScalars.excerpt(text, position),
                        position);
            }
            JsonReader reader = new JsonReader(text, name.end());
            members.add(new Json.Member(name.group(1), reader.read()));
            leniencies.addAll(reader.leniencies());
            position = Blanks.behind(text, reader.position());
            if (text.startsWith(",", position)) {
                position = Blanks.behind(text, position + 1);
            } else if (!text.startsWith(")", position)) {
                throw new Fault("a comma or ) is missing before " + JsonScalars.excerpt(text, position), position);
            }
        }
        position++;
        return new Json.Members(members, start, position);
    }

    /** Behind the closing parenthesis. */
    int position() {
        return position;
    }

    Set<String> leniencies() {
        return leniencies;
    }
}
