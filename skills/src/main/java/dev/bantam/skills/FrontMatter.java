package dev.bantam.skills;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a card: as much of YAML as cards use. Texts plain, quoted, folded ({@code >}) or line by line ({@code |}),
 * lists, and maps one level deep. Keys of a map are joined by a dot, elements of a list by a comma.
 */
final class FrontMatter {
    private static final Pattern ENTRY = Pattern.compile("( *)([A-Za-z0-9_.-]+) *:(?: +(.*))?");
    private static final Pattern BLOCK = Pattern.compile("[|>][+-]?");
    private static final int FIRST_LINE = 2; // the first is the mark

    private final List<String> lines;
    private final Map<String, String> values = new LinkedHashMap<>();
    private int at;

    private FrontMatter(List<String> lines) {
        this.lines = lines;
    }

    /** @param lines those between the marks */
    static Map<String, String> read(List<String> lines) throws BadCardException {
        FrontMatter head = new FrontMatter(lines);
        head.entries("", 0);
        return head.values;
    }

    private void entries(String prefix, int indent) throws BadCardException {
        for (skipBlank(); at < lines.size() && indentOf(lines.get(at)) == indent; skipBlank()) {
            Matcher entry = ENTRY.matcher(lines.get(at));
            if (!entry.matches()) {
                throw fault("is no \"key: value\"");
            }
            String key = prefix + entry.group(2);
            if (values.containsKey(key)) {
                throw fault("says " + key + " a second time");
            }
            at++;
            value(key, indent, entry.group(3) == null ? "" : entry.group(3).strip());
        }
        if (at < lines.size() && indentOf(lines.get(at)) > indent) {
            throw fault("is indented further than the line before it allows");
        }
    }

    private void value(String key, int indent, String first) throws BadCardException {
        if (BLOCK.matcher(first).matches()) {
            values.put(key, String.join(first.startsWith("|") ? "\n" : " ", block(indent)));
        } else if (!first.isEmpty() && !first.startsWith("#")) {
            StringBuilder text = new StringBuilder(first);
            block(indent).forEach(line -> text.append(' ').append(line));
            values.put(key, scalar(text.toString()));
        } else {
            skipBlank();
            int inner = at < lines.size() ? indentOf(lines.get(at)) : 0;
            boolean list = at < lines.size() && lines.get(at).strip().startsWith("- ");
            if (list && inner >= indent) {
                values.put(key, String.join(", ", elements(inner)));
            } else if (inner > indent && indent == 0) {
                entries(key + ".", inner);
            } else if (inner > indent) {
                throw fault("is nested deeper than cards are");
            } else {
                values.put(key, "");
            }
        }
    }

    /** The lines that are indented further, without that indentation. */
    private List<String> block(int indent) {
        List<String> block = new ArrayList<>();
        while (at < lines.size() && (lines.get(at).isBlank() || indentOf(lines.get(at)) > indent)) {
            block.add(lines.get(at++).strip());
        }
        while (!block.isEmpty() && block.getLast().isEmpty()) {
            block.removeLast();
        }
        return block;
    }

    private List<String> elements(int indent) throws BadCardException {
        List<String> elements = new ArrayList<>();
        for (skipBlank(); at < lines.size() && indentOf(lines.get(at)) == indent; skipBlank()) {
            String line = lines.get(at).strip();
            if (!line.startsWith("- ")) {
                break;
            }
            elements.add(scalar(line.substring(2).strip()));
            at++;
        }
        return elements;
    }

    private String scalar(String text) throws BadCardException {
        char first = text.charAt(0);
        if (first == '"' || first == '\'') {
            int end = text.lastIndexOf(first);
            if (end == 0) {
                throw new BadCardException("line " + (at + FIRST_LINE - 1) + " opens a quote that nothing closes");
            }
            String inner = text.substring(1, end);
            return first == '"'
                    ? inner.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\")
                    : inner.replace("''", "'");
        }
        if (first == '[' && text.endsWith("]")) {
            return text.substring(1, text.length() - 1).replaceAll("[\"']", "").strip();
        }
        return text.replaceFirst(" +#.*$", "");
    }

    private void skipBlank() {
        while (at < lines.size()
                && (lines.get(at).isBlank() || lines.get(at).strip().startsWith("#"))) {
            at++;
        }
    }

    private static int indentOf(String line) {
        int indent = 0;
        while (indent < line.length() && line.charAt(indent) == ' ') {
            indent++;
        }
        return indent;
    }

    private BadCardException fault(String what) {
        return new BadCardException("line " + (at + FIRST_LINE) + " of it " + what);
    }
}
