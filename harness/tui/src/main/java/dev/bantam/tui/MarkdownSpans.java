package dev.bantam.tui;

import com.vladsch.flexmark.ast.Code;
import com.vladsch.flexmark.ast.Emphasis;
import com.vladsch.flexmark.ast.HardLineBreak;
import com.vladsch.flexmark.ast.HtmlEntity;
import com.vladsch.flexmark.ast.Link;
import com.vladsch.flexmark.ast.SoftLineBreak;
import com.vladsch.flexmark.ast.StrongEmphasis;
import com.vladsch.flexmark.ast.Text;
import com.vladsch.flexmark.util.ast.Node;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** The inside of a paragraph or heading: emphasis, code and links as styles. */
final class MarkdownSpans {
    private final List<AttributedString> lines = new ArrayList<>();
    private AttributedStringBuilder line = new AttributedStringBuilder();

    private MarkdownSpans() {}

    /** One styled line for each line of the source, not yet wrapped. */
    static List<AttributedString> of(Node block, AttributedStyle style) {
        MarkdownSpans spans = new MarkdownSpans();
        spans.children(block, style);
        spans.breakLine();
        return spans.lines;
    }

    private void children(Node parent, AttributedStyle style) {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            span(child, style);
        }
    }

    private void span(Node node, AttributedStyle style) {
        switch (node) {
            case Text text -> add(text.getChars().unescape(), style);
            case StrongEmphasis strong -> children(strong, style.bold());
            case Emphasis emphasis -> children(emphasis, style.italic());
            case Code code -> add(code.getText().toString(), style.foreground(AttributedStyle.CYAN));
            case HtmlEntity entity -> add(entity.getChars().unescape(), style);
            case Link link -> link(link, style);
            case SoftLineBreak soft -> breakLine();
            case HardLineBreak hard -> breakLine();
            default -> add(node.getChars().toString(), style);
        }
    }

    private void link(Link link, AttributedStyle style) {
        children(link, style.underline());
        String target = link.getUrl().unescape();
        if (!target.isEmpty() && !target.equals(link.getText().unescape())) {
            add(" (" + target + ")", style.faint());
        }
    }

    private void add(String text, AttributedStyle style) {
        String[] parts = Clean.text(text).split("\n", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                breakLine();
            }
            line.styled(style, parts[i]);
        }
    }

    private void breakLine() {
        lines.add(line.toAttributedString());
        line = new AttributedStringBuilder();
    }
}
