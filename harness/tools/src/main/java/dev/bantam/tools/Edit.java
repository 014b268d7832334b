package dev.bantam.tools;

import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;

/**
 * One replacement in one text.
 *
 * @param name of the file, for the answer
 * @param file its text, decoded by {@link TextFile}
 */
record Edit(String name, String file, String oldText, String newText, boolean replaceAll) {

    /** What came of it. */
    sealed interface Outcome {
        record Changed(String text, String answer) implements Outcome {}

        record NotPossible(String why) implements Outcome {}
    }

    Outcome apply() {
        if (oldText.isEmpty()) {
            return file.isEmpty() && !newText.isEmpty()
                    ? new Outcome.Changed(newText, "Filled " + name)
                    : emptyOldText();
        }
        if (oldText.equals(newText)) {
            return new Outcome.NotPossible(
                    "old_text and new_text are the same. Write in new_text what it shall become.");
        }
        Match.All found = Match.find(file, oldText);
        if (found.places().isEmpty()) {
            return new Outcome.NotPossible(notFound());
        }
        if (found.places().size() > 1 && !replaceAll) {
            List<Integer> lines = found.places().stream().map(this::line).toList();
            return new Outcome.NotPossible("old_text occurs " + lines.size() + " times in " + name + " ("
                    + Shown.lines(lines) + "). Add surrounding lines until it is unique.");
        }
        try {
            return replace(found.apart(), found.tolerance());
        } catch (CharacterCodingException e) {
            return new Outcome.NotPossible(
                    name + " is not UTF-8, and its encoding (Windows-1252) lacks a character of new_text.");
        }
    }

    private Outcome emptyOldText() {
        return new Outcome.NotPossible("old_text is empty. To add lines, copy the line next to them into old_text, and"
                + " repeat it in new_text together with them.");
    }

    private Outcome replace(List<Match> places, Tolerance tolerance) throws CharacterCodingException {
        StringBuilder result = new StringBuilder();
        boolean keepsFile = false;
        boolean addsMarks = false;
        int done = 0;
        for (Match place : places) {
            result.append(file, done, place.start());
            Replacement replacement = Replacement.of(file, place, oldText, newText);
            result.append(TextFile.inEncodingOf(file, replacement.text()));
            keepsFile |= replacement.keepsFile();
            addsMarks |= replacement.addsMarks();
            done = place.end();
        }
        String text = result.append(file, done, file.length()).toString();
        if (text.equals(file)) {
            return new Outcome.NotPossible("it would leave " + name + " as it is: old_text and new_text differ only in"
                    + " line ends or space that the file does not have.");
        }
        return new Outcome.Changed(text, answer(places) + difference(tolerance, keepsFile, addsMarks));
    }

    private String answer(List<Match> places) {
        List<Integer> lines = places.stream().map(this::line).toList();
        return "Edited " + name + " (" + (lines.size() > 1 ? lines.size() + " places, " : "") + Shown.lines(lines)
                + ")";
    }

    private static String difference(Tolerance tolerance, boolean keepsFile, boolean addsMarks) {
        if (tolerance == Tolerance.NONE) {
            return "";
        }
        String difference = ". old_text differed from the file in " + tolerance.words();
        if (tolerance != Tolerance.LOOK_ALIKES) {
            return difference + ", which was kept.";
        }
        return difference
                + (keepsFile ? ", which was kept" + (addsMarks ? " where new_text repeats old_text." : ".") : ".")
                + (addsMarks ? " The quotes or dashes that new_text adds are as you wrote them." : "");
    }

    private String notFound() {
        String text = "old_text does not occur in " + name + ".";
        String shown = TextFile.display(file);
        int already = newText.strip().length() < 12 ? -1 : shown.indexOf(newText.strip());
        if (already >= 0) {
            return text + " new_text is already there, at line " + lineOf(shown, already)
                    + ": the edit may have been made before.";
        }
        Optional<NearestText> nearest = NearestText.in(shown, oldText);
        return nearest.map(it -> text + " The nearest text is at " + range(it) + ":\n" + String.join("\n", it.lines())
                        + "\nCopy old_text from it exactly.")
                .orElse(text + " Nothing there is like it. Read the file again.");
    }

    private static String range(NearestText nearest) {
        int last = nearest.first() + nearest.lines().size() - 1;
        return last == nearest.first() ? "line " + last : "lines " + nearest.first() + "-" + last;
    }

    private int line(Match place) {
        return lineOf(file, place.start());
    }

    private static int lineOf(String text, int index) {
        return 1 + (int) text.substring(0, index).chars().filter(c -> c == '\n').count();
    }
}
