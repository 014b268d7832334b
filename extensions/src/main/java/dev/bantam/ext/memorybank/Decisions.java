package dev.bantam.ext.memorybank;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Decisions that later work must keep to, each said in a line of its own. */
final class Decisions {
    private static final int MOST = 50;
    private static final int LONGEST = 300;
    private static final String HEADING = "# Architectural decisions\n\n";
    private static final Pattern SAID = Pattern.compile("(?im)^[\\s*_>-]*decision[*_]*\\s*:[*_]*\\s*(\\S.*)$");
    private static final Pattern KEPT = Pattern.compile("(?m)^- (\\S.*)$");

    private final Set<String> all = new LinkedHashSet<>();

    /** Takes up what a file of them says. */
    void read(String file) {
        matches(KEPT, file).forEach(all::add);
    }

    /** Takes up what a reply or a prompt says. */
    void hear(String text) {
        matches(SAID, text).forEach(all::add);
        while (all.size() > MOST) {
            all.remove(all.iterator().next());
        }
    }

    boolean none() {
        return all.isEmpty();
    }

    String lines() {
        return all.stream().map(each -> "- " + each).collect(Collectors.joining("\n"));
    }

    String file() {
        return HEADING + lines() + "\n";
    }

    private static List<String> matches(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            String line = matcher.group(1).strip();
            found.add(line.length() > LONGEST ? line.substring(0, LONGEST) + " …" : line);
        }
        return found;
    }
}
