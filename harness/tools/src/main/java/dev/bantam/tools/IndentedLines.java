package dev.bantam.tools;

import java.util.ArrayList;
import java.util.List;

/** Finds whole lines that are the same but for their indentation, which differs in the same way on all of them. */
final class IndentedLines {
    private final List<Line> file;
    private final List<Line> wanted;

    private IndentedLines(List<Line> file, List<Line> wanted) {
        this.file = file;
        this.wanted = wanted;
    }

    static List<Match> find(String file, String wanted) {
        List<Line> lines = Line.of(wanted);
        boolean wholeLastLine = lines.getLast().text().isEmpty(); // the text ends with a newline
        IndentedLines search =
                new IndentedLines(Line.of(file), wholeLastLine ? lines.subList(0, lines.size() - 1) : lines);
        return search.wanted.stream().allMatch(line -> line.core().isEmpty()) ? List.of() : search.all(wholeLastLine);
    }

    private List<Match> all(boolean wholeLastLine) {
        List<Match> places = new ArrayList<>();
        for (int first = 0; first + wanted.size() <= file.size(); first++) {
            if (!sameWords(first)) {
                continue;
            }
            List<String> here = new ArrayList<>();
            List<String> there = new ArrayList<>();
            for (int i = 0; i < wanted.size(); i++) {
                if (!wanted.get(i).core().isEmpty()) {
                    here.add(wanted.get(i).indent());
                    there.add(file.get(first + i).indent());
                }
            }
            Line top = file.get(first);
            Line bottom = file.get(first + wanted.size() - 1);
            int end = wholeLastLine ? bottom.next() : bottom.end();
            IndentShift.between(here, there).ifPresent(shift -> places.add(new Match(top.start(), end, shift)));
        }
        return places;
    }

    private boolean sameWords(int first) {
        for (int i = 0; i < wanted.size(); i++) {
            if (!wanted.get(i).core().equals(file.get(first + i).core())) {
                return false;
            }
        }
        return true;
    }

    /**
     * A line of a text.
     *
     * @param text without its end
     * @param indent spaces and tabs in front
     * @param core the rest in plain characters, without space behind
     * @param next where the next line starts
     */
    private record Line(String text, String indent, String core, int start, int next) {

        int end() {
            return start + text.length();
        }

        static List<Line> of(String all) {
            List<Line> lines = new ArrayList<>();
            int start = all.startsWith("\uFEFF") ? 1 : 0;
            for (int newline = all.indexOf('\n', start); newline >= 0; newline = all.indexOf('\n', start)) {
                lines.add(line(all, start, newline, newline + 1));
                start = newline + 1;
            }
            lines.add(line(all, start, all.length(), all.length()));
            return lines;
        }

        private static Line line(String all, int start, int newline, int next) {
            int end = newline > start && all.charAt(newline - 1) == '\r' && next > newline ? newline - 1 : newline;
            String text = all.substring(start, end);
            int indent = 0;
            while (indent < text.length() && (text.charAt(indent) == ' ' || text.charAt(indent) == '\t')) {
                indent++;
            }
            String core =
                    NormalText.of(text.substring(indent), Tolerance.LOOK_ALIKES).toString();
            return new Line(text, text.substring(0, indent), core, start, next);
        }
    }
}
