package dev.bantam.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** Unified diffs of texts. */
final class LineDiff {
    private LineDiff() {}

    /** The difference with its file's name above; empty when there is none. */
    static String of(String name, String before, String after) throws IOException {
        RawText left = new RawText(before.getBytes(StandardCharsets.UTF_8));
        RawText right = new RawText(after.getBytes(StandardCharsets.UTF_8));
        EditList edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, left, right);
        if (edits.isEmpty()) {
            return "";
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (DiffFormatter formatter = new DiffFormatter(text)) {
            formatter.format(edits, left, right);
        }
        return "--- " + name + "\n+++ " + name + "\n" + text.toString(StandardCharsets.UTF_8);
    }
}
