package dev.bantam.ext.permission.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * A word of a command.
 *
 * @param source as it was written
 */
public record Word(List<Piece> pieces, String source) {
    public Word {
        pieces = List.copyOf(pieces);
    }

    /** A part of a word. */
    public sealed interface Piece {
        /** @param quoted whether blanks, globs, braces and the tilde in it mean themselves */
        record Text(String text, boolean quoted) implements Piece {}

        /** {@code $name} or {@code ${name}}. */
        record Variable(String name, boolean quoted) implements Piece {}

        /** Known only when it runs; what it runs to know it. */
        record Computed(List<Node> scripts) implements Piece {
            public Computed {
                scripts = List.copyOf(scripts);
            }
        }
    }

    /** Whether this is a plain word without quotes, as reserved words are. */
    boolean is(String word) {
        return pieces.size() == 1
                && pieces.getFirst() instanceof Piece.Text text
                && !text.quoted()
                && text.text().equals(word);
    }

    /** What runs when this word is expanded. */
    public List<Node> scripts() {
        List<Node> scripts = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece instanceof Piece.Computed computed) {
                scripts.addAll(computed.scripts());
            }
        }
        return scripts;
    }
}
