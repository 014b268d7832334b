package dev.bantam.ext.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** Writes code as it stands in the page, every blank of it. */
final class Code {
    private static final Pattern LANGUAGE = Pattern.compile(
            "(?:^|\\s)(?:language|lang|highlight-source|highlight|brush:)-?\\s*([A-Za-z0-9+#]+)(?:\\s|$)");
    private static final Pattern TICKS = Pattern.compile("`+");

    private Code() {}

    static String fenced(Element pre) {
        String code = whole(pre).replaceFirst("^\\n", "").stripTrailing();
        if (code.isBlank()) {
            return "";
        }
        String fence = "`".repeat(Math.max(3, longestTicks(code) + 1));
        return fence + language(pre) + "\n" + code + "\n" + fence;
    }

    static void inLine(Element element, StringBuilder text) {
        String code = element.wholeText().replaceAll("\\s+", " ").strip();
        if (!code.isEmpty()) {
            String ticks = "`".repeat(longestTicks(code) + 1);
            String gap = code.startsWith("`") || code.endsWith("`") ? " " : "";
            text.append(ticks).append(gap).append(code).append(gap).append(ticks);
        }
    }

    private static int longestTicks(String code) {
        return TICKS.matcher(code)
                .results()
                .mapToInt(found -> found.group().length())
                .max()
                .orElse(0);
    }

    /** Named on the block, on the code in it, or on a box around it. */
    private static String language(Element pre) {
        return Stream.of(
                        pre.selectFirst("code"),
                        pre,
                        pre.parent(),
                        pre.parent() == null ? null : pre.parent().parent())
                .filter(element -> element != null)
                .map(element -> LANGUAGE.matcher(element.className()))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .filter(name -> !name.matches("text|none|default|plain|plaintext|notranslate"))
                .findFirst()
                .orElse("");
    }

    /** Some pages put each line into an element of its own. */
    private static String whole(Element pre) {
        StringBuilder code = new StringBuilder();
        pre.traverse(new NodeVisitor() {
            @Override
            public void head(Node node, int depth) {
                if (node instanceof TextNode text) {
                    code.append(text.getWholeText());
                } else if (node.nameIs("br")) {
                    code.append('\n');
                }
            }

            @Override
            public void tail(Node node, int depth) {
                boolean line = node instanceof Element element && node != pre && element.isBlock();
                if (line && !code.isEmpty() && code.charAt(code.length() - 1) != '\n') {
                    code.append('\n');
                }
            }
        });
        return code.toString().replace("\r\n", "\n");
    }
}
