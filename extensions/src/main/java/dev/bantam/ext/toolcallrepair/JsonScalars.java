package dev.bantam.ext.toolcallrepair;

import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads texts, numbers and words of a JSON text. */
final class JsonScalars {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,29})(\\.\\d{1,30})?([eE][+-]?\\d{1,3})?");
    private static final Pattern KEY = Pattern.compile("[\\p{L}\\d_$]++");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]{1,40}");

    private final String text;
    private final Set<String> leniencies;

    JsonScalars(String text, Set<String> leniencies) {
        this.text = text;
        this.leniencies = leniencies;
    }

    Json read(int start) throws Fault {
        char first = text.charAt(start);
        if (isQuote(first)) {
            return quoted(start);
        }
        return first == '-' || Character.isDigit(first) ? number(start) : word(start);
    }

    /** A key; a name without quotes is one too. */
    Json.Text key(int start) throws Fault {
        if (isQuote(text.charAt(start))) {
            return quoted(start);
        }
        Matcher matcher = KEY.matcher(text).region(start, text.length());
        if (!matcher.lookingAt()) {
            throw new Fault("a key should stand before " + excerpt(text, start), start);
        }
        leniencies.add("an unquoted key");
        return new Json.Text(matcher.group(), start, matcher.end());
    }

    private static boolean isQuote(char character) {
        return character == '"' || character == '\'' || isTypographic(character);
    }

    private static boolean isTypographic(char character) {
        return character == '\u201c' || character == '\u201d';
    }

    private Json.Text quoted(int start) throws Fault {
        char quote = text.charAt(start);
        if (quote == '\'') {
            leniencies.add("single quotes");
        } else if (quote != '"') {
            leniencies.add("typographic quotes");
        }
        StringBuilder value = new StringBuilder();
        int position = start + 1;
        while (position < text.length()) {
            char character = text.charAt(position);
            if (character == quote || isTypographic(quote) && isTypographic(character)) {
                return new Json.Text(value.toString(), start, position + 1);
            }
            if (character == '\\') {
                position = escape(position, value);
            } else if (character < ' ') {
                position = control(position, value);
            } else {
                value.append(character);
                position++;
            }
        }
        throw new Fault("a text is not closed: it begins with " + excerpt(text, start), position);
    }

    /** Takes the escape at the backslash; an escape that JSON does not know may mean two things, so it is a fault. */
    private int escape(int backslash, StringBuilder value) throws Fault {
        if (backslash + 1 >= text.length()) {
            throw new Fault("it ends inside an escape", text.length());
        }
        char kind = text.charAt(backslash + 1);
        switch (kind) {
            case '"', '\\', '/' -> value.append(kind);
            case '\'' -> {
                leniencies.add("an escaped single quote");
                value.append(kind);
            }
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'r' -> value.append('\r');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'u' -> {
                value.append(unicode(backslash));
                return backslash + 6;
            }
            default ->
                throw new Fault(
                        "\\" + kind + " is no escape of JSON; for a backslash write two of them: \\\\" + kind,
                        backslash);
        }
        return backslash + 2;
    }

    private char unicode(int backslash) throws Fault {
        int end = Math.min(text.length(), backslash + 6);
        String digits = text.substring(backslash + 2, end);
        if (!digits.matches("[0-9a-fA-F]{4}")) {
            throw new Fault("four hexadecimal digits should follow \\u, not " + digits, backslash);
        }
        return (char) Integer.parseInt(digits, 16);
    }

    private int control(int position, StringBuilder value) throws Fault {
        char character = text.charAt(position);
        if (character != '\n' && character != '\r' && character != '\t') {
            throw new Fault("a text holds the control character " + (int) character, position);
        }
        leniencies.add("line breaks or tabs inside a text");
        value.append(character);
        return position + 1;
    }

    private Json number(int start) throws Fault {
        Matcher matcher = NUMBER.matcher(text).region(start, text.length());
        if (!matcher.lookingAt() || continuesWord(matcher.end())) {
            throw new Fault("this is no number: " + excerpt(text, start), start);
        }
        BigDecimal exact = new BigDecimal(matcher.group());
        return new Json.Numeral(simplest(exact, matcher.group()), start, matcher.end());
    }

    private static Number simplest(BigDecimal exact, String written) {
        if (written.matches("-?\\d+")) {
            if (exact.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0) {
                return exact.intValue();
            }
            return exact.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0 ? (Number) exact.longValue() : exact;
        }
        return exact.doubleValue();
    }

    private Json word(int start) throws Fault {
        Matcher matcher = WORD.matcher(text).region(start, text.length());
        String word = matcher.lookingAt() && !continuesWord(matcher.end()) ? matcher.group() : "";
        return switch (word) {
            case "true" -> new Json.Flag(true, start, start + 4);
            case "false" -> new Json.Flag(false, start, start + 5);
            case "null" -> new Json.Nothing(start, start + 4);
            case "True", "False", "None" -> {
                leniencies.add("Python's " + word);
                int end = start + word.length();
                yield word.equals("None")
                        ? new Json.Nothing(start, end)
                        : new Json.Flag(word.equals("True"), start, end);
            }
            default -> throw new Fault("a value should stand before " + excerpt(text, start), start);
        };
    }

    private boolean continuesWord(int end) {
        return end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_' || text.charAt(end) == '.');
    }

    /** A little of the text, for messages. */
    static String excerpt(String text, int start) {
        String some = text.substring(start, Math.min(text.length(), start + 24));
        int lineEnd = some.indexOf('\n');
        return lineEnd == 0 ? "a line break" : some.substring(0, lineEnd < 0 ? some.length() : lineEnd);
    }
}
