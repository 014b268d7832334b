package dev.bantam.ext.web;

import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Writes what stands within a line: links, emphasis, code. */
final class Inline {
    private static final char BREAK = '\u0001';
    private static final int DEEPEST = 150;
    private static final Set<String> MARKS_OF_HEADINGS = Set.of("¶", "#", "§", "🔗", "");

    private Inline() {}

    static String of(Element element, int depth) {
        StringBuilder text = new StringBuilder();
        inner(element, text, depth);
        return tidy(text.toString());
    }

    /** Blanks as a browser shows them. */
    static String tidy(String text) {
        return text.replaceAll("[ \\t\\n\\r\\f\u00A0]+", " ")
                .replaceAll(" ?" + BREAK + " ?", "\n")
                .strip();
    }

    static void add(Element element, StringBuilder text, int depth) {
        switch (element.normalName()) {
            case "br" -> text.append(BREAK);
            case "img" -> text.append(element.attr("alt"));
            case "a" -> link(element, text, depth);
            case "strong", "b" -> wrapped(element, text, depth, "**");
            case "em", "i" -> wrapped(element, text, depth, "*");
            case "del", "s", "strike" -> wrapped(element, text, depth, "~~");
            case "code", "kbd", "samp", "tt", "var" -> Code.inLine(element, text);
            case "sup" -> {
                text.append(element.text().matches("\\[.*]|") ? "" : "^"); // a note's number stands in brackets
                inner(element, text, depth);
            }
            case "wbr" -> {}
            default -> inner(element, text, depth);
        }
    }

    private static void inner(Element element, StringBuilder text, int depth) {
        if (depth > DEEPEST) {
            text.append(element.text());
            return;
        }
        for (Node node : element.childNodes()) {
            switch (node) {
                case TextNode plain -> text.append(plain.getWholeText());
                case Element child
                when child.isBlock() -> {
                    text.append(' ');
                    add(child, text, depth + 1);
                    text.append(' ');
                }
                case Element child -> add(child, text, depth + 1);
                default -> {} // a comment
            }
        }
    }

    private static void wrapped(Element element, StringBuilder text, int depth, String mark) {
        StringBuilder within = new StringBuilder();
        inner(element, within, depth);
        String tidy = tidy(within.toString());
        if (tidy.isEmpty()) {
            text.append(within.isEmpty() ? "" : " ");
            return;
        }
        // The blanks go outside: "a<b> c </b>" is "a **c** ".
        text.append(Character.isWhitespace(within.charAt(0)) ? " " : "");
        text.append(mark).append(tidy.replace('\n', ' ')).append(mark);
        text.append(Character.isWhitespace(within.charAt(within.length() - 1)) ? " " : "");
    }

    /** With its whole address, so that it can be fetched; places within the page are only text. */
    private static void link(Element element, StringBuilder text, int depth) {
        StringBuilder within = new StringBuilder();
        inner(element, within, depth);
        String shown = tidy(within.toString()).replace('\n', ' ');
        String target = element.attr("href").strip();
        if (target.startsWith("#") && MARKS_OF_HEADINGS.contains(shown) || element.hasClass("headerlink")) {
            return;
        }
        String whole = element.absUrl("href");
        boolean worthIt = !target.startsWith("#") && whole.matches("https?://\\S+") && !shown.isEmpty();
        text.append(worthIt && !shown.equals(whole) ? "[" + shown + "](" + whole + ")" : within);
    }
}
