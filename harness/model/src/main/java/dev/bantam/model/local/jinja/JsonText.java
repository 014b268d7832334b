package dev.bantam.model.local.jinja;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** JSON as Python's {@code json.dumps} writes it. */
final class JsonText {
    private final StringBuilder text = new StringBuilder();
    private final boolean ascii;
    private final int indent; // -1 for one line
    private final String comma;
    private final String colon;

    private JsonText(boolean ascii, int indent, String comma, String colon) {
        this.ascii = ascii;
        this.indent = indent;
        this.comma = comma;
        this.colon = colon;
    }

    /**
     * @param ascii whether other characters are escaped
     * @param indent blanks for each depth, with each element in its own line; -1 for one line
     */
    static String write(Object value, boolean ascii, int indent, String comma, String colon) {
        JsonText json = new JsonText(ascii, indent, comma, colon);
        json.add(value, 0);
        return json.text.toString();
    }

    private void add(Object value, int depth) {
        switch (value) {
            case null -> text.append("null");
            case Boolean flag -> text.append(flag);
            case Long whole -> text.append(whole);
            case Double real -> text.append(Values.decimal(real));
            case String string -> quote(string);
            case List<?> list -> {
                text.append('[');
                for (Iterator<?> elements = list.iterator(); elements.hasNext(); ) {
                    line(depth + 1);
                    add(elements.next(), depth + 1);
                    text.append(elements.hasNext() ? comma : "");
                }
                close(list.isEmpty(), depth, ']');
            }
            case Map<?, ?> map -> {
                text.append('{');
                for (Iterator<? extends Map.Entry<?, ?>> entries =
                                map.entrySet().iterator();
                        entries.hasNext(); ) {
                    Map.Entry<?, ?> entry = entries.next();
                    line(depth + 1);
                    quote(Values.text(entry.getKey()));
                    text.append(colon);
                    add(entry.getValue(), depth + 1);
                    text.append(entries.hasNext() ? comma : "");
                }
                close(map.isEmpty(), depth, '}');
            }
            default -> throw new TemplateException("a " + Values.typeName(value) + " cannot be written as JSON");
        }
    }

    private void line(int depth) {
        if (indent >= 0) {
            text.append('\n').repeat(' ', indent * depth);
        }
    }

    private void close(boolean empty, int depth, char bracket) {
        if (!empty) {
            line(depth);
        }
        text.append(bracket);
    }

    private void quote(String string) {
        text.append('"');
        for (char c : string.toCharArray()) {
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> {
                    if (c < 0x20 || ascii && c > 0x7e) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
