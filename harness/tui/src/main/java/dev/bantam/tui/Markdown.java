package dev.bantam.tui;

import com.vladsch.flexmark.ast.BlockQuote;
import com.vladsch.flexmark.ast.FencedCodeBlock;
import com.vladsch.flexmark.ast.Heading;
import com.vladsch.flexmark.ast.IndentedCodeBlock;
import com.vladsch.flexmark.ast.ListBlock;
import com.vladsch.flexmark.ast.ListItem;
import com.vladsch.flexmark.ast.Paragraph;
import com.vladsch.flexmark.ast.ThematicBreak;
import com.vladsch.flexmark.parser.Parser;
import com.vladsch.flexmark.util.ast.Node;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/**
 * Renders whole Markdown blocks as styled lines. Line breaks of the source stay line breaks, and what it does not know
 * (HTML, tables, reference definitions) it shows as it was written: nothing is lost.
 */
final class Markdown {
    private static final AttributedString GUTTER = Ink.line("│ ", Ink.DIM);
    private static final AttributedString QUOTE = Ink.line("▌ ", Ink.DIM);
    private static final int RULE = 40;

    private final Parser parser = Parser.builder().build();

    /** The lines of some blocks, each at most {@code width} columns wide; lines of code are left as long as they are. */
    List<AttributedString> render(String source, int width) {
        return children(parser.parse(source), width);
    }

    /** One line of code behind the gutter. */
    static AttributedString code(String line) {
        return AttributedString.join(AttributedString.EMPTY, GUTTER, Ink.line(Clean.text(line), Ink.TEXT));
    }

    private static List<AttributedString> children(Node parent, int width) {
        List<AttributedString> lines = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            if (!lines.isEmpty() && blankLineBefore(child)) {
                lines.add(AttributedString.EMPTY);
            }
            lines.addAll(block(child, width));
        }
        return lines;
    }

    private static List<AttributedString> block(Node node, int width) {
        return switch (node) {
            case Heading heading -> wrapped(MarkdownSpans.of(heading, headingStyle(heading.getLevel())), width);
            case Paragraph table when isTable(table) -> verbatim(table);
            case Paragraph paragraph -> wrapped(MarkdownSpans.of(paragraph, Ink.TEXT), width);
            case ListBlock list -> children(list, width);
            case ListItem item -> item(item, width);
            case BlockQuote quote -> prefixed(QUOTE, QUOTE, children(quote, width - 2));
            case FencedCodeBlock code -> codeLines(code.getContentChars().toString());
            case IndentedCodeBlock code -> codeLines(code.getContentChars().toString());
            case ThematicBreak rule -> List.of(Ink.line("─".repeat(Math.min(RULE, width)), Ink.DIM));
            default -> verbatim(node);
        };
    }

    private static List<AttributedString> item(ListItem item, int width) {
        String marker = item.getOpeningMarker().toString();
        String sign = marker.chars().anyMatch(Character::isDigit) ? marker : "•";
        AttributedString first = Ink.line(Clean.line(sign) + " ", Ink.ACCENT);
        AttributedString rest = new AttributedString(" ".repeat(first.columnLength()));
        List<AttributedString> content = children(item, width - first.columnLength());
        return content.isEmpty() ? List.of(first) : prefixed(first, rest, content);
    }

    private static List<AttributedString> codeLines(String content) {
        List<AttributedString> lines = new ArrayList<>();
        content.lines().forEach(line -> lines.add(code(line)));
        return lines;
    }

    private static List<AttributedString> wrapped(List<AttributedString> lines, int width) {
        return lines.stream()
                .flatMap(line -> Columns.wrap(line, width).stream())
                .toList();
    }

    private static List<AttributedString> verbatim(Node node) {
        return Clean.text(node.getChars().toString())
                .stripTrailing()
                .lines()
                .map(AttributedString::new)
                .toList();
    }

    private static List<AttributedString> prefixed(
            AttributedString first, AttributedString rest, List<AttributedString> content) {
        List<AttributedString> lines = new ArrayList<>();
        for (AttributedString line : content) {
            AttributedString prefix = lines.isEmpty() ? first : rest;
            boolean bare = line.length() == 0 && prefix.toString().isBlank();
            lines.add(bare ? line : AttributedString.join(AttributedString.EMPTY, prefix, line));
        }
        return lines;
    }

    private static AttributedStyle headingStyle(int level) {
        return level == 1 ? AttributedStyle.BOLD.underline() : AttributedStyle.BOLD;
    }

    private static boolean isTable(Paragraph paragraph) {
        return paragraph
                .getChars()
                .toString()
                .lines()
                .allMatch(line -> line.stripLeading().startsWith("|"));
    }

    private static boolean blankLineBefore(Node node) {
        CharSequence source = node.getDocument().getChars();
        int lineEnds = 0;
        for (int i = node.getStartOffset() - 1; i >= 0 && Character.isWhitespace(source.charAt(i)); i--) {
            lineEnds += source.charAt(i) == '\n' ? 1 : 0;
        }
        return lineEnds > 1;
    }
}
