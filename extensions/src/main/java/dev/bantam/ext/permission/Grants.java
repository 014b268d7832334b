package dev.bantam.ext.permission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * What the person allowed: for this session, or for good in this project. The latter lies in a file of the extension's
 * own, outside of the workspace, a line each, appended.
 */
final class Grants {
    private final Set<String> held = new HashSet<>();
    private final Path file;

    Grants(Path folder, Path root) {
        this.file = folder.resolve("granted-" + digest(root.toString()) + ".txt");
        if (Files.isRegularFile(file)) {
            try {
                held.addAll(Files.readAllLines(file));
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        "the permissions that were granted cannot be read from " + file + ": " + e.getMessage()
                                + ". Remove the file to be asked again.",
                        e);
            }
        }
    }

    boolean hold(Finding finding) {
        return held.contains(key(finding));
    }

    void forSession(List<Finding> findings) {
        findings.forEach(finding -> held.add(key(finding)));
    }

    void forProject(List<Finding> findings) {
        for (Finding finding : findings) {
            if (held.add(key(finding))) {
                try {
                    Files.writeString(file, key(finding) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** What a grant is for, in words: a program of which nothing is known, with any arguments; else just this command. */
    static String shown(Finding finding) {
        return finding.risk() == Risk.UNFAMILIAR ? finding.command().getFirst() + " *" : finding.shown();
    }

    private static String key(Finding finding) {
        String what = finding.risk() == Risk.UNFAMILIAR
                ? finding.command().getFirst()
                : String.join("\u001f", finding.command());
        return finding.risk() + " "
                + what.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
