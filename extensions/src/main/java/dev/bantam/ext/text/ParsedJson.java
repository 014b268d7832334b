package dev.bantam.ext.text;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON strictly, as RFC 8259 has it: for files that the harness or a person wrote, never for what a model says.
 * Gives the values that {@link dev.bantam.api.Arguments} holds.
 */
public final class ParsedJson {
    private static final int MAX_DEPTH = 64;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String MEANT = "\"\\/\b\f\n\r\t";

    private final String text;
    private int position;

    private ParsedJson(String text) {
        this.text = text;
    }

    /** @throws ParseException when it is no JSON; it says what is wrong, and where */
    public static Object of(String text) throws ParseException {
        ParsedJson parser = new ParsedJson(text);
        Object value = parser.value(0);
        parser.blanks();
        if (parser.position < text.length()) {
            throw parser.fault("there is something after the value");
        }
        return value;
    }

    /** @throws ParseException when it is no JSON object */
    @SuppressWarnings("unchecked") // the keys of an object are texts
    public static Map<String, Object> object(String text) throws ParseException {
        if (of(text) instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new ParseException("it is no JSON object", 0);
    }

    private Object value(int depth) throws ParseException {
        blanks();
        if (position >= text.length()) {
            throw fault("it ends where a value should stand");
        }
        if (depth > MAX_DEPTH) {
            throw fault("it is nested deeper than " + MAX_DEPTH + " levels");
        }
        return switch (text.charAt(position)) {
            case '{' -> members(depth);
            case '[' -> elements(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> members(int depth) throws ParseException {
        Map<String, Object> members = new LinkedHashMap<>();
        position++;
        if (next('}')) {
            return members;
        }
        do {
            blanks();
            if (position >= text.length() || text.charAt(position) != '"') {
                throw fault("a key in double quotes is missing");
            }
            String name = string();
            if (members.containsKey(name)) {
                throw fault("the key " + name + " is there twice");
            }
            if (!next(':')) {
                throw fault("a colon is missing after the key " + name);
            }
            members.put(name, value(depth + 1));
        } while (next(','));
        return closed('}', members);
    }

    private List<Object> elements(int depth) throws ParseException {
        List<Object> elements = new ArrayList<>();
        position++;
        if (next(']')) {
            return elements;
        }
        do {
            elements.add(value(depth + 1));
        } while (next(','));
        return closed(']', elements);
    }

    private <T> T closed(char bracket, T value) throws ParseException {
        if (!next(bracket)) {
            throw fault("a comma or " + bracket + " is missing");
        }
        return value;
    }

    private String string() throws ParseException {
        StringBuilder string = new StringBuilder();
        position++;
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '"') {
                return string.toString();
            }
            if (c < 0x20) {
                throw fault("a text has a control character in it");
            }
            string.append(c == '\\' ? escape() : c);
        }
        throw fault("a text has no end");
    }

    private char escape() throws ParseException {
        char c = position < text.length() ? text.charAt(position++) : 0;
        if (c == 'u' && text.substring(position).matches("(?s)[0-9a-fA-F]{4}.*")) {
            position += 4;
            return (char) Integer.parseInt(text.substring(position - 4, position), 16);
        }
        if (ESCAPED.indexOf(c) < 0) {
            throw fault("a text has an unknown escape in it");
        }
        return MEANT.charAt(ESCAPED.indexOf(c));
    }

    private Object word(String word, Object value) throws ParseException {
        if (!text.startsWith(word, position)) {
            throw fault("a value is neither text nor number, true, false or null");
        }
        position += word.length();
        return value;
    }

    private Number number() throws ParseException {
        Matcher number = NUMBER.matcher(text).region(position, text.length());
        if (!number.lookingAt()) {
            throw fault("a value is neither text nor number, true, false or null");
        }
        position = number.end();
        boolean whole = number.group(2) == null
                && number.group(3) == null
                && number.group().length() < 19;
        return whole ? (Number) Long.valueOf(number.group()) : (Number) Double.valueOf(number.group());
    }

    private boolean next(char wanted) {
        blanks();
        boolean there = position < text.length() && text.charAt(position) == wanted;
        position += there ? 1 : 0;
        return there;
    }

    private void blanks() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private ParseException fault(String what) {
        long line = 1
                + text.substring(0, Math.min(position, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return new ParseException("line " + line + ": " + what, position);
    }
}
