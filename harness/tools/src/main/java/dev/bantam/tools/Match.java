package dev.bantam.tools;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in a file where a text was found.
 *
 * @param start of the span, in characters
 * @param end behind the span
 * @param shift how the file's indentation follows from the text's
 */
record Match(int start, int end, IndentShift shift) {

    /** All places for a text under the strictest tolerance that has any; no place when there is none at all. */
    record All(List<Match> places, Tolerance tolerance) {
        All {
            places = List.copyOf(places);
        }

        /** Places that do not overlap one before them, to be replaced together. */
        List<Match> apart() {
            List<Match> apart = new ArrayList<>();
            int end = 0;
            for (Match place : places) {
                if (place.start >= end) {
                    apart.add(place);
                    end = place.end;
                }
            }
            return apart;
        }
    }

    static All find(String file, String wanted) {
        for (Tolerance tolerance : Tolerance.values()) {
            List<Match> places = switch (tolerance) {
                case NONE -> exact(file, wanted);
                case AS_SHOWN, TRAILING_SPACE, LOOK_ALIKES -> normalised(file, wanted, tolerance);
                case INDENTATION -> IndentedLines.find(file, wanted);
            };
            if (!places.isEmpty()) {
                return new All(places, tolerance);
            }
        }
        return new All(List.of(), Tolerance.NONE);
    }

    private static List<Match> exact(String file, String wanted) {
        List<Match> places = new ArrayList<>();
        for (int at = file.indexOf(wanted); at >= 0; at = file.indexOf(wanted, at + 1)) {
            places.add(new Match(at, at + wanted.length(), IndentShift.NONE));
        }
        return places;
    }

    private static List<Match> normalised(String file, String wanted, Tolerance tolerance) {
        NormalText normalWanted = NormalText.of(wanted, tolerance);
        String text = normalWanted.toString();
        if (text.isBlank()) {
            return List.of();
        }
        // Space dropped from the end of the wanted text must have stood at the end of a line.
        boolean toLineEnd = !text.endsWith("\n") && normalWanted.end(text.length()) < wanted.length();
        NormalText normal = NormalText.of(file, tolerance).withFinalNewline(file.length());
        List<Match> places = new ArrayList<>();
        for (int at = normal.indexOf(text, 0); at >= 0; at = normal.indexOf(text, at + 1)) {
            int end = at + text.length();
            if (!toLineEnd || normal.isLineEnd(end)) {
                places.add(new Match(normal.start(at), normal.end(end), IndentShift.NONE));
            }
        }
        return places;
    }
}
