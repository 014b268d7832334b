package dev.bantam.engine.grammar;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON that a grammar let through and that may be cut off: what is complete of it. */
final class JsonReader {
    /** Stands for a value that is not complete. */
    private static final Object CUT = new Object();

    private final String text;
    private int at;

    private JsonReader(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** The complete members of an object that begins at {@code start}. */
    static Map<String, Object> members(String text, int start) {
        Map<String, Object> members = new LinkedHashMap<>();
        JsonReader reader = new JsonReader(text, start);
        reader.object(members);
        return members;
    }

    /** A whole value; the text itself when it is none. */
    static Object value(String text) {
        Object value = new JsonReader(text, 0).value();
        return value == CUT ? text : value;
    }

    private char peek() {
        while (at < text.length() && " \n\r\t".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private Object value() {
        return switch (peek()) {
            case 0 -> CUT;
            case '"' -> string();
            case '{' -> {
                Map<String, Object> members = new LinkedHashMap<>();
                yield object(members) ? members : CUT;
            }
            case '[' -> array();
            default -> word();
        };
    }

    /** Reads members until the end; whether it came. */
    private boolean object(Map<String, Object> members) {
        if (peek() != '{') {
            return false;
        }
        at++;
        while (true) {
            switch (peek()) {
                case '}' -> {
                    at++;
                    return true;
                }
                case ',' -> at++;
                case '"' -> {
                    Object name = string();
                    if (name == CUT || peek() != ':') {
                        return false;
                    }
                    at++;
                    Object value = value();
                    if (value == CUT) {
                        return false;
                    }
                    members.put((String) name, value);
                }
                default -> {
                    return false;
                }
            }
        }
    }

    private Object array() {
        List<Object> items = new ArrayList<>();
        at++;
        while (true) {
            switch (peek()) {
                case ']' -> {
                    at++;
                    return items;
                }
                case ',' -> at++;
                default -> {
                    Object item = value();
                    if (item == CUT) {
                        return CUT;
                    }
                    items.add(item);
                }
            }
        }
    }

    private Object string() {
        StringBuilder out = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter == '"') {
                at++;
                return out.toString();
            }
            if (letter != '\\') {
                out.append(letter);
                continue;
            }
            if (++at == text.length()) {
                return CUT;
            }
            letter = text.charAt(at);
            if (letter == 'u') {
                if (at + 5 > text.length() || !text.substring(at + 1, at + 5).matches("[0-9a-fA-F]{4}")) {
                    return CUT;
                }
                out.append((char) Integer.parseInt(text, at + 1, at + 5, 16));
                at += 4;
            } else {
                int escaped = Spelling.escaped(letter);
                out.append(escaped < 0 ? letter : (char) escaped);
            }
        }
        return CUT;
    }

    /** A number, {@code true}, {@code false} or {@code null}, up to the next sign. */
    private Object word() {
        int start = at;
        while (at < text.length() && ",]} \n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            default -> {
                if (word.matches("-?\\d{1,18}")) {
                    yield Long.parseLong(word);
                }
                yield word.matches("-?\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?") ? new BigDecimal(word) : CUT;
            }
        };
    }
}
