package dev.bantam.ext.web;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;

/** Writes lists, nested ones too. */
final class Lists {
    private Lists() {}

    static String of(Element list, int depth) {
        boolean ordered = list.nameIs("ol");
        int number = list.attr("start").matches("\\d{1,6}") ? Integer.parseInt(list.attr("start")) : 1;
        List<String> items = new ArrayList<>();
        for (Element child : list.children()) {
            String text = item(child, depth);
            if (text.isBlank()) {
                continue;
            }
            boolean stray = child.nameIs("ul") || child.nameIs("ol"); // a list in a list, without an item around it
            String mark = stray ? "  " : ordered ? number++ + ". " : "- ";
            items.add(Markdown.prefixed(text, mark, " ".repeat(mark.length())));
        }
        return String.join("\n", items);
    }

    private static String item(Element child, int depth) {
        if (child.nameIs("ul") || child.nameIs("ol")) {
            return of(child, depth + 1);
        }
        String text = Markdown.text(child, depth);
        return text.contains("```") ? text : text.replace("\n\n", "\n");
    }
}
