package dev.bantam.ext.toolcallrepair;

/** White space in a text. */
final class Blanks {
    private Blanks() {}

    /** Behind the white space at the position. */
    static int behind(String text, int position) {
        int end = position;
        while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Whether nothing but white space stands between the position and the end of its line. */
    static boolean endLine(String text, int position) {
        int end = position;
        while (end < text.length() && text.charAt(end) != '\n' && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end == text.length() || text.charAt(end) == '\n';
    }

    /** Behind the last character of the position's line, its line break not included. */
    static int lineEnd(String text, int position) {
        int end = text.indexOf('\n', position);
        return end < 0 ? text.length() : end;
    }
}
