package dev.bantam.tui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.utils.AttributedString;

/**
 * Renders Markdown that is still being written. A block is handed out once it is complete: a paragraph at its blank
 * line, an item of a list at the next one, a line of fenced code at once. Only whole lines are judged, so the result
 * does not depend on how the text was cut into pieces.
 */
final class MarkdownStream {
    private static final Pattern ITEM = Pattern.compile(" *(?:[-*+]|\\d{1,9}[.)])(?: .*|$)");
    private static final Pattern RULE = Pattern.compile(" {0,3}([-*] *){3,}");

    private final Markdown markdown = new Markdown();
    private final Consumer<List<AttributedString>> out;
    private final StringBuilder unfinished = new StringBuilder(); // the line that is being written
    private final List<String> block = new ArrayList<>();
    private final List<AttributedString> complete = new ArrayList<>(); // what is pending must be right when it goes out
    private Optional<Fence> fence = Optional.empty();
    private int width;
    private boolean gap;
    private boolean any;

    MarkdownStream(Consumer<List<AttributedString>> out) {
        this.out = out;
    }

    /** @param columns width of what is rendered from now on */
    void add(String text, int columns) {
        width = columns;
        unfinished.append(text);
        int end;
        while ((end = unfinished.indexOf("\n")) >= 0) {
            String line = unfinished.substring(0, end);
            unfinished.delete(0, end + 1);
            take(line);
        }
        handOut();
    }

    /** The text is complete: hands out what is left and begins anew. */
    void end() {
        if (!unfinished.isEmpty()) {
            take(unfinished.toString());
            unfinished.setLength(0);
        }
        flush();
        handOut();
        fence = Optional.empty();
        gap = false;
        any = false;
    }

    /** What has been written and not handed out, as it was written. */
    List<AttributedString> pending(int columns) {
        List<AttributedString> rows = new ArrayList<>();
        boolean halfLineEnd = !unfinished.isEmpty() && unfinished.charAt(unfinished.length() - 1) == '\r';
        String last = Clean.text(unfinished.substring(0, unfinished.length() - (halfLineEnd ? 1 : 0)));
        if (gap && any && !(block.isEmpty() && last.isBlank())) {
            rows.add(AttributedString.EMPTY);
        }
        block.forEach(line -> rows.addAll(Columns.wrap(new AttributedString(line), columns)));
        if (!last.isEmpty()) {
            boolean code = fence.isPresent() && !inItem();
            rows.addAll(Columns.wrap(code ? Markdown.code(last) : new AttributedString(last), columns));
        }
        return rows;
    }

    private void take(String raw) {
        String line = Clean.text(raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw);
        if (fence.isPresent()) {
            inFence(line, fence.get());
        } else if (line.isBlank()) {
            blank();
        } else {
            Optional<Fence> opened = Fence.openedBy(line);
            boolean belongs = inItem() ? belongsToItem(line) : opened.isEmpty() || block.isEmpty();
            if (!belongs) {
                flush();
            }
            boolean own = block.isEmpty() && opened.isPresent();
            if (own && !opened.get().language().isEmpty()) {
                emit(List.of(Ink.line("│ " + opened.get().language(), Ink.DIM)));
            } else if (!own) {
                block.add(line);
            }
            fence = own || inItem() ? opened : Optional.empty();
        }
    }

    private void inFence(String line, Fence open) {
        boolean closed = open.closedBy(line);
        if (inItem()) {
            block.add(line);
        } else if (!closed) {
            emit(List.of(Markdown.code(line)));
        }
        fence = closed ? Optional.empty() : fence;
    }

    private void blank() {
        if (inItem()) {
            block.add(""); // what follows may still belong to the item
        } else {
            flush();
            gap = true;
        }
    }

    private boolean inItem() {
        return !block.isEmpty() && isItem(block.getFirst());
    }

    private static boolean isItem(String line) {
        Matcher item = ITEM.matcher(line);
        return item.matches() && !RULE.matcher(line).matches();
    }

    private boolean belongsToItem(String line) {
        int deeper = indent(line) - indent(block.getFirst());
        boolean startsBlock = isItem(line)
                || Fence.openedBy(line).isPresent()
                || block.getLast().isEmpty();
        return deeper >= 2 || !startsBlock;
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private void flush() {
        boolean blankAfter = !block.isEmpty() && block.getLast().isEmpty();
        String source = String.join("\n", block);
        block.clear();
        if (!source.isBlank()) {
            emit(markdown.render(source, width));
        }
        gap |= blankAfter;
    }

    private void emit(List<AttributedString> lines) {
        if (gap && any) {
            complete.add(AttributedString.EMPTY);
        }
        gap = false;
        any = true;
        complete.addAll(lines);
    }

    private void handOut() {
        if (!complete.isEmpty()) {
            List<AttributedString> lines = List.copyOf(complete);
            complete.clear();
            out.accept(lines);
        }
    }
}
