package dev.bantam.tools;

import java.util.List;
import java.util.Optional;

/** How the indentation of a text becomes that of a file: the same for every line. */
sealed interface IndentShift {
    IndentShift NONE = new Deeper("");

    /** The indentation in the file for one in the text. */
    String apply(String indent);

    /** The file has this in front of the text's indentation. */
    record Deeper(String added) implements IndentShift {
        @Override
        public String apply(String indent) {
            return added + indent;
        }
    }

    /** The text has this in front of the file's indentation. */
    record Shallower(String removed) implements IndentShift {
        @Override
        public String apply(String indent) {
            return indent.startsWith(removed) ? indent.substring(removed.length()) : "";
        }
    }

    /** The file has one tab where the text has so many spaces. */
    record Tabs(int spaces) implements IndentShift {
        @Override
        public String apply(String indent) {
            int width = indent.chars().map(c -> c == '\t' ? spaces : 1).sum();
            return "\t".repeat(width / spaces) + " ".repeat(width % spaces);
        }
    }

    /** The shift that fits all pairs of indentations; empty when there is none. */
    static Optional<IndentShift> between(List<String> text, List<String> file) {
        String firstText = text.getFirst();
        String firstFile = file.getFirst();
        if (firstFile.endsWith(firstText)) {
            IndentShift deeper = new Deeper(firstFile.substring(0, firstFile.length() - firstText.length()));
            if (fits(deeper, text, file)) {
                return Optional.of(deeper);
            }
        }
        if (firstText.endsWith(firstFile)) {
            String removed = firstText.substring(0, firstText.length() - firstFile.length());
            if (text.stream().allMatch(indent -> indent.startsWith(removed))
                    && fits(new Shallower(removed), text, file)) {
                return Optional.of(new Shallower(removed));
            }
        }
        for (int spaces : new int[] {4, 2, 8, 3}) {
            if (fits(new Tabs(spaces), text, file)) {
                return Optional.of(new Tabs(spaces));
            }
        }
        return Optional.empty();
    }

    private static boolean fits(IndentShift shift, List<String> text, List<String> file) {
        for (int i = 0; i < text.size(); i++) {
            if (!shift.apply(text.get(i)).equals(file.get(i))) {
                return false;
            }
        }
        return true;
    }
}
