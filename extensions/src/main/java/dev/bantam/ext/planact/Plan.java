package dev.bantam.ext.planact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Steps towards what was asked.
 *
 * @param task what was asked, in the person's words
 */
record Plan(String task, List<String> steps) {
    static final int MOST_STEPS = 20;
    private static final Pattern NUMBERED =
            Pattern.compile("\\s{0,3}(?:[*#]+\\s*)?(?:[Ss]tep\\s+)?(\\d{1,2})[.):]\\**\\s+(\\S.*)");
    private static final Pattern BULLET = Pattern.compile("\\s{0,3}[-*+]\\s+(?:\\[[ xX]]\\s+)?(\\S.*)");
    private static final Pattern INDENTED = Pattern.compile("(?:\\s{2,}|\\t)\\S.*");

    Plan {
        steps = List.copyOf(steps);
    }

    /** The plan that a text ends with: its last numbered list, else its bullets; empty when it has neither. */
    static Optional<Plan> in(String text, String task) {
        List<String> lines = withoutCode(text);
        List<String> numbered = numbered(lines);
        List<String> steps = numbered.isEmpty() ? bullets(lines) : numbered;
        return steps.isEmpty() || steps.size() > MOST_STEPS ? Optional.empty() : Optional.of(new Plan(task, steps));
    }

    private static List<String> numbered(List<String> lines) {
        List<String> steps = new ArrayList<>();
        boolean inStep = false;
        for (String line : lines) {
            Matcher matcher = NUMBERED.matcher(line);
            if (matcher.matches()) {
                if (matcher.group(1).equals("1")) {
                    steps.clear(); // an earlier list was not the last word
                }
                steps.add(bare(matcher.group(2)));
                inStep = true;
            } else if (inStep && INDENTED.matcher(line).matches()) {
                steps.add(steps.removeLast() + "\n   " + line.strip());
            } else {
                inStep = false;
            }
        }
        return steps;
    }

    private static List<String> bullets(List<String> lines) {
        List<String> steps = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = BULLET.matcher(line);
            if (matcher.matches()) {
                steps.add(bare(matcher.group(1)));
            }
        }
        return steps.size() < 2 ? List.of() : steps;
    }

    private static List<String> withoutCode(String text) {
        List<String> lines = new ArrayList<>();
        boolean code = false;
        for (String line : text.lines().toList()) {
            boolean fence = line.strip().startsWith("```");
            code ^= fence;
            if (!code && !fence) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static String bare(String step) {
        return step.replace("**", "").strip();
    }

    /** The steps as a numbered list. */
    String list() {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            list.append(i == 0 ? "" : "\n").append(i + 1).append(". ").append(steps.get(i));
        }
        return list.toString();
    }
}
