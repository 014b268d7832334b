package dev.bantam.ext.web;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;

/** Writes tables; those that only place things on the page become what they place. */
final class Tables {
    private static final String BLOCKS_IN_CELLS = "table, ul, ol, pre, h1, h2, h3, h4, blockquote";

    private Tables() {}

    static String of(Element table, int depth) {
        List<List<Element>> rows = rows(table);
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        boolean placing = columns < 2
                || rows.stream().flatMap(List::stream).anyMatch(cell -> cell.selectFirst(BLOCKS_IN_CELLS) != null);
        return placing ? placed(rows, depth) : written(rows, columns, depth);
    }

    private static List<List<Element>> rows(Element table) {
        return table.children().stream()
                .flatMap(part -> part.nameIs("tr") ? Stream.of(part) : part.children().stream())
                .filter(row -> row.nameIs("tr"))
                .map(row -> row.children().stream()
                        .filter(cell -> cell.nameIs("td") || cell.nameIs("th"))
                        .toList())
                .filter(cells -> !cells.isEmpty())
                .toList();
    }

    private static String placed(List<List<Element>> rows, int depth) {
        return rows.stream()
                .flatMap(List::stream)
                .map(cell -> Markdown.text(cell, depth))
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("\n\n"));
    }

    private static String written(List<List<Element>> rows, int columns, int depth) {
        List<String> lines = new ArrayList<>();
        for (List<Element> row : rows) {
            StringBuilder line = new StringBuilder("|");
            for (int i = 0; i < columns; i++) {
                String text = i < row.size() ? Inline.of(row.get(i), depth) : "";
                line.append(' ')
                        .append(text.replace('\n', ' ').replace("|", "\\|"))
                        .append(" |");
            }
            lines.add(line.toString());
            if (lines.size() == 1) {
                lines.add("|" + " --- |".repeat(columns));
            }
        }
        return String.join("\n", lines);
    }
}
