package dev.bantam.tui;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Size;
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
    private final PrintWriter out;
    private final Ink ink;
    private final boolean moving;
    private Size size = Size.of(UNKNOWN_WIDTH, UNKNOWN_HEIGHT);
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
        out = terminal.writer();
        moving = !Ink.isDumb(terminal.getType());
        this.ink = moving ? ink : Ink.PLAIN;
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
        measure();
        return size.getRows() > 0 ? size.getRows() : UNKNOWN_HEIGHT;
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
        measure();
        return size.getColumns() > 0 ? size.getColumns() : UNKNOWN_WIDTH;
    }

    private void measure() {
        try {
            size = terminal.getSize();
        } catch (IllegalStateException closed) {
            live = Live.NONE; // the process is ending; what is still said goes nowhere
        }
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
            out.write(text);
            out.flush();
        }
    }
}
