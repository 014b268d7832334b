package dev.bantam.ext.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Writes a document's blocks as Markdown: headings, paragraphs, lists, code, tables, quotes. */
final class Markdown {
    /** Deeper than any page means; below it only the text is kept. */
    private static final int DEEPEST = 120;

    /** They may hold blocks, and mostly stand within a line. */
    private static final Set<String> WITHIN_LINES = Set.of("del", "ins", "s", "math");

    private final List<String> blocks = new ArrayList<>();
    private final StringBuilder run = new StringBuilder();
    private final int depth;

    private Markdown(int depth) {
        this.depth = depth;
    }

    static String of(Document document) {
        return PageText.clean(text(MainContent.of(document), 0)).strip();
    }

    static String text(Element element, int depth) {
        return String.join("\n\n", blocks(element, depth));
    }

    private static List<String> blocks(Element element, int depth) {
        Markdown markdown = new Markdown(depth);
        if (depth > DEEPEST) {
            markdown.add(element.text());
            return markdown.blocks;
        }
        element.childNodes().forEach(markdown::node);
        markdown.flush();
        return markdown.blocks;
    }

    private void node(Node node) {
        switch (node) {
            case TextNode text -> run.append(text.getWholeText());
            case Element element
            when isBlock(element) -> {
                flush();
                block(element);
            }
            case Element element -> Inline.add(element, run, depth);
            default -> {} // a comment
        }
    }

    static boolean isBlock(Element element) {
        return standsAlone(element) || hasBlocks(element, 5);
    }

    private static boolean standsAlone(Element element) {
        return element.isBlock() && !WITHIN_LINES.contains(element.normalName()) || element.nameIs("summary");
    }

    private static boolean hasBlocks(Element element, int levels) {
        return levels > 0
                && element.children().stream().anyMatch(child -> standsAlone(child) || hasBlocks(child, levels - 1));
    }

    private void block(Element element) {
        switch (element.normalName()) {
            case "h1", "h2", "h3", "h4", "h5", "h6" -> heading(element);
            case "pre" -> add(Code.fenced(element));
            case "ul", "ol", "menu", "dir" -> add(Lists.of(element, depth + 1));
            case "table" -> add(Tables.of(element, depth + 1));
            case "blockquote" -> add(prefixed(text(element, depth + 1), "> ", "> "));
            case "hr" -> add("---");
            case "dt" -> add("**" + Inline.of(element, depth) + "**");
            case "dd" -> add(prefixed(text(element, depth + 1), ": ", "  "));
            default -> blocks(element, depth + 1).forEach(this::add);
        }
    }

    private void heading(Element element) {
        String text = Inline.of(element, depth).replace('\n', ' ');
        if (!text.isBlank()) {
            add("#".repeat(element.normalName().charAt(1) - '0') + " " + text);
        }
    }

    private void flush() {
        add(Inline.tidy(run.toString()));
        run.setLength(0);
    }

    private void add(String block) {
        if (!block.isBlank()) {
            blocks.add(block);
        }
    }

    static String prefixed(String text, String first, String others) {
        return first + text.lines().collect(Collectors.joining("\n" + others));
    }
}
