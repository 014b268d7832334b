package dev.bantam.tui;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line that opens fenced code (CommonMark 0.31, section 4.5); how far it is indented is the caller's business.
 *
 * @param marks three or more backticks or tildes
 */
record Fence(String marks, String language) {
    private static final Pattern OPENING = Pattern.compile(" *(?:(`{3,})([^`]*)|(~{3,})(.*))");

    static Optional<Fence> openedBy(String line) {
        Matcher opening = OPENING.matcher(line);
        if (!opening.matches()) {
            return Optional.empty();
        }
        boolean backticks = opening.group(1) != null;
        return Optional.of(new Fence(
                opening.group(backticks ? 1 : 3),
                opening.group(backticks ? 2 : 4).strip()));
    }

    boolean closedBy(String line) {
        String mark = marks.substring(0, 1);
        String closing = line.strip();
        return closing.startsWith(marks) && closing.replace(mark, "").isEmpty();
    }
}
