package dev.bantam.ext.toolcallrepair;

/**
 * Finds the places of one string in a text, asked from left to right. It remembers the last place found, so that many
 * questions cost one reading of the text.
 */
final class Landmark {
    private final String text;
    private final String wanted;
    private int asked;
    private int found = -2;

    Landmark(String text, String wanted) {
        this.text = text;
        this.wanted = wanted;
    }

    /** The first place at or behind the position; -1 if there is none. */
    int from(int position) {
        boolean known = found > -2 && position >= asked && (found == -1 || position <= found);
        if (!known) {
            asked = position;
            found = text.indexOf(wanted, position);
        }
        return found;
    }
}
