package dev.bantam.ext.toolcallrepair;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads JSON as weak models write it: with trailing commas, single quotes, unquoted keys, line breaks inside texts,
 * comments, Python's literals, and without the last closing brackets. It allows only what can mean one thing: a text or
 * a number that the end cut is a fault, since it may be half of what was meant, and so is anything after a comma.
 */
final class JsonReader {
    /** A value nested deeper than this is a fault; no tool's arguments are. */
    private static final int MAX_DEPTH = 64;

    /** After a complete value these end a call as the end of the text does. */
    private static final List<String> ENDS = List.of(
            "</tool_call>",
            "</tool_calls>",
            "</function_call>",
            "</function_calls>",
            "</function>",
            "[TOOL_CALLS]",
            "<|eom_id|>",
            "<|eot_id|>",
            "<tool_call>");

    private static final List<String> EMPTY_TEXTS = List.of("\"\"", "''", "\u201c\u201d");

    private final String text;
    private final JsonScalars scalars;
    private final Set<String> leniencies = new LinkedHashSet<>();
    private int position;

    JsonReader(String text, int position) {
        this.text = text;
        this.position = position;
        this.scalars = new JsonScalars(text, leniencies);
    }

    /** Reads the value at the position, blanks and comments before it included. */
    Json read() throws Fault {
        return value(0);
    }

    /** Reads the last value of the text: nothing but blanks and comments may follow it. */
    Json readToEnd() throws Fault {
        Json value = read();
        skipBlank();
        if (position < text.length()) {
            throw fault("there is something after the end of the JSON: " + around());
        }
        return value;
    }

    /** Behind the last value read. */
    int position() {
        return position;
    }

    /** What was not JSON and was read all the same, in words for people. */
    Set<String> leniencies() {
        return Collections.unmodifiableSet(leniencies);
    }

    private Json value(int depth) throws Fault {
        skipBlank();
        if (position >= text.length()) {
            throw fault("it ends where a value should stand");
        }
        char first = text.charAt(position);
        if ((first == '{' || first == '[') && depth >= MAX_DEPTH) {
            throw fault("it is nested deeper than " + MAX_DEPTH + " levels");
        }
        return switch (first) {
            case '{' -> members(depth);
            case '[' -> items(depth);
            default -> {
                Json scalar = scalars.read(position);
                position = scalar.end();
                yield scalar;
            }
        };
    }

    private Json members(int depth) throws Fault {
        int start = position++;
        List<Json.Member> members = new ArrayList<>();
        Set<String> names = new HashSet<>();
        skipBlank();
        while (!at('}')) {
            String name = name();
            if (!names.add(name)) {
                throw fault("the key " + name + " is there twice");
            }
            skipBlank();
            if (!at(':')) {
                throw fault("a colon is missing after the key " + name);
            }
            position++;
            members.add(new Json.Member(name, value(depth + 1)));
            if (!goesOn('}')) {
                return new Json.Members(members, start, position);
            }
        }
        position++;
        return new Json.Members(members, start, position);
    }

    private Json items(int depth) throws Fault {
        int start = position++;
        List<Json> elements = new ArrayList<>();
        skipBlank();
        while (!at(']')) {
            elements.add(value(depth + 1));
            if (!goesOn(']')) {
                return new Json.Items(elements, start, position);
            }
        }
        position++;
        return new Json.Items(elements, start, position);
    }

    /**
     * After an element: steps over a comma, if there is one.
     *
     * @return false when the text ends here and the closing bracket is missing
     */
    private boolean goesOn(char close) throws Fault {
        int valueEnd = position;
        skipBlank();
        if (at(close)) {
            return true;
        }
        if (at(',')) {
            position++;
            skipBlank();
            if (at(close)) {
                leniencies.add("a trailing comma");
            } else if (atEnd()) {
                throw fault("it ends after a comma");
            }
            return true;
        }
        if (!atEnd()) {
            throw fault("a comma or " + close + " is missing before " + around());
        }
        if (valueEnd == text.length() && Character.isLetterOrDigit(text.charAt(valueEnd - 1))) {
            throw fault("it ends in the middle of a value");
        }
        if (EMPTY_TEXTS.stream().anyMatch(empty -> text.startsWith(empty, valueEnd - 2))) {
            throw fault("it ends after an empty text");
        }
        leniencies.add("missing closing brackets");
        position = valueEnd;
        return false;
    }

    private String name() throws Fault {
        if (atEnd()) {
            throw fault("it ends where a key should stand");
        }
        Json.Text name = scalars.key(position);
        position = name.end();
        return name.value();
    }

    private void skipBlank() throws Fault {
        while (position < text.length()) {
            if (Character.isWhitespace(text.charAt(position))) {
                position++;
            } else if (text.startsWith("//", position) || at('#')) {
                int end = text.indexOf('\n', position);
                position = end < 0 ? text.length() : end;
                leniencies.add("a comment");
            } else if (text.startsWith("/*", position)) {
                int end = text.indexOf("*/", position + 2);
                if (end < 0) {
                    position = text.length();
                    throw fault("a comment is not closed");
                }
                position = end + 2;
                leniencies.add("a comment");
            } else {
                return;
            }
        }
    }

    private boolean at(char character) {
        return position < text.length() && text.charAt(position) == character;
    }

    private boolean atEnd() {
        return position >= text.length()
                || atLastFence()
                || ENDS.stream().anyMatch(end -> text.startsWith(end, position));
    }

    /** A fence ends a call only as the last line: any other may be content, behind a quote too many. */
    private boolean atLastFence() {
        return text.startsWith("```", position)
                && text.charAt(position - 1) == '\n'
                && Blanks.behind(text, position + 3) == text.length();
    }

    private String around() {
        return JsonScalars.excerpt(text, position);
    }

    private Fault fault(String message) {
        return new Fault(message, position);
    }
}
