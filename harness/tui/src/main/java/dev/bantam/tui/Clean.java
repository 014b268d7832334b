package dev.bantam.tui;

import java.util.regex.Pattern;

/**
 * Makes text from models, tools and file names harmless and of predictable width. Control characters become visible
 * symbols ({@code ␛} for an escape), so what was hidden in them can be seen and does nothing.
 */
public final class Clean {
    private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;:]*m");
    private static final String TAB = "    ";

    private Clean() {}

    /** One line: line breaks and tabs become spaces; colour sequences, as build tools print them, are left out. */
    public static String line(String text) {
        return text(COLOURS.matcher(text).replaceAll("")).replace('\n', ' ').strip();
    }

    /** The first line that has something to say, cleaned; empty if there is none. */
    static String firstLine(String text) {
        return text.lines()
                .map(Clean::line)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Text whose lines stay lines. Each character is judged by itself, so the result does not depend on chunking. */
    public static String text(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            boolean windowsLineEnd = codePoint == '\r' && i < text.length() && text.charAt(i) == '\n';
            if (codePoint == '\t') {
                clean.append(TAB);
            } else if (!windowsLineEnd) {
                clean.appendCodePoint(codePoint == '\n' ? '\n' : harmless(codePoint));
            }
        }
        return clean.toString();
    }

    /** The character itself, or what stands for it where it could steer a terminal or reorder what is read. */
    static int harmless(int codePoint) {
        if (codePoint < 0x20) {
            return 0x2400 + codePoint; // the control pictures
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL -> codePoint == 0x7f ? 0x2421 : 0xfffd;
            case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> 0xfffd;
            case Character.FORMAT -> isJoiner(codePoint) ? codePoint : 0xfffd; // bidi overrides, invisible tags
            default -> codePoint;
        };
    }

    /** Format characters that ordinary text needs: they join letters and emoji, or hyphenate. */
    private static boolean isJoiner(int codePoint) {
        return codePoint == 0x200c || codePoint == 0x200d || codePoint == 0x00ad || codePoint == 0x2060;
    }
}
