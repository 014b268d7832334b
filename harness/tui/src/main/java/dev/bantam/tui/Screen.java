package dev.bantam.tui;

import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;

/**
 * The bottom of a normal screen. Finished lines are written once and scroll away with the terminal; below them stand a
 * few live rows that are redrawn in place. A dumb terminal gets the finished lines only. Not safe for several threads.
 */
final class Screen {
    private static final int UNKNOWN_WIDTH = 80;
    private static final int UNKNOWN_HEIGHT = 24;

    private final Terminal terminal;
    private final Ink ink;
    private final boolean moving;
    private Live live = Live.NONE;
    private List<Integer> drawn = List.of(); // columns of each live row on the screen, the cursor being in the last

    /**
     * Rows that are redrawn, cut to the screen's width.
     *
     * @param cursor column in the last row, from 0
     */
    record Live(List<AttributedString> rows, int cursor) {
        static final Live NONE = new Live(List.of(), 0);

        Live {
            rows = List.copyOf(rows);
        }
    }

    Screen(Terminal terminal, Ink ink) {
        this.terminal = terminal;
        this.ink = ink;
        this.moving = !Ink.isDumb(terminal.getType());
    }

    /** Whether rows can be redrawn. */
    boolean moving() {
        return moving;
    }

    /** Columns that a row may fill; the last one stays free, so that no terminal wraps. */
    int width() {
        return Math.max(16, columns() - 1);
    }

    int height() {
        return terminal.getRows() > 0 ? terminal.getRows() : UNKNOWN_HEIGHT;
    }

    /** Writes lines for good, above live rows that are replaced at the same time. */
    void print(List<AttributedString> lines, Live next) {
        StringBuilder text = new StringBuilder(erased());
        lines.forEach(line -> text.append(ink.paint(line)).append(moving ? "\r\n" : "\n"));
        live = next;
        write(text.append(drawing()).toString());
    }

    /** Writes text that a dumb terminal shows as it comes; lines end with {@code \n}. */
    void raw(String text) {
        write(text.lines()
                        .map(line -> ink.paint(new AttributedString(line)))
                        .reduce((a, b) -> a + "\n" + b)
                        .orElse("")
                + (text.endsWith("\n") ? "\n" : ""));
    }

    /** Replaces the live rows. */
    void show(Live next) {
        if (moving && !(next.equals(live) && drawn.size() == live.rows().size())) {
            String erased = erased();
            live = next;
            write(erased + drawing());
        }
    }

    /** The width has changed and the terminal may have wrapped the rows: draws them anew. */
    void resized() {
        write(erased() + drawing());
    }

    private int columns() {
        return terminal.getColumns() > 0 ? terminal.getColumns() : UNKNOWN_WIDTH;
    }

    /** Goes to the first live row, which may have been wrapped since it was drawn, and erases from there. */
    private String erased() {
        if (drawn.isEmpty()) {
            return "";
        }
        int up = live.cursor() / columns();
        for (int row : drawn.subList(0, drawn.size() - 1)) {
            up += Math.max(1, Math.ceilDiv(row, columns()));
        }
        drawn = List.of();
        return (up > 0 ? "\r\u001b[" + up + "A" : "\r") + "\u001b[J";
    }

    private String drawing() {
        if (!moving || live.rows().isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        List<Integer> widths = new ArrayList<>();
        for (AttributedString row : live.rows()) {
            AttributedString fitting = Columns.cut(row, width());
            text.append(widths.isEmpty() ? "" : "\r\n").append(ink.paint(fitting));
            widths.add(fitting.columnLength());
        }
        drawn = widths;
        int column = Math.min(live.cursor(), width());
        return text.append("\r")
                .append(column > 0 ? "\u001b[" + column + "C" : "")
                .toString();
    }

    private void write(String text) {
        if (!text.isEmpty()) {
            terminal.writer().write(text);
            terminal.flush();
        }
    }
}
