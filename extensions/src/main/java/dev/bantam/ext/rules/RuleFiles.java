package dev.bantam.ext.rules;

import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Workspace.OutsideWorkspaceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the rules of a project: list items, and in the files for rules alone plain lines as well. */
final class RuleFiles {
    private static final int MAX_BYTES = 64 << 10;
    private static final int MOST_RULES = 60;
    private static final int LONGEST = 400;
    private static final Pattern ITEM = Pattern.compile("^\\s{0,3}(?:[-*+]|\\d{1,2}[.)])\\s+(.+)$");
    private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+(.*)$");
    private static final Pattern OF_RULES = Pattern.compile(
            "(?i).*\\b(rules?|conventions?|guidelines?|styles?|standards?|constraints?|principles?)\\b.*");

    private RuleFiles() {}

    static List<Rule> of(ExtensionContext context) {
        List<Rule> rules = new ArrayList<>();
        for (String name : List.of(".bantam/rules.md", ".cursorrules")) {
            byte[] trusted = context.projectFiles().getOrDefault(name, new byte[0]);
            read(new String(trusted, StandardCharsets.UTF_8), false, rules);
        }
        for (String name : List.of("AGENTS.md", "CLAUDE.md")) { // the first that is there is what the model has read
            String text = text(context, name);
            if (!text.isEmpty()) {
                read(text, true, rules);
                break;
            }
        }
        return rules.stream().distinct().limit(MOST_RULES).toList();
    }

    /** @param ofMany whether the text is about other things too: then only the items below a fitting heading count */
    private static void read(String text, boolean ofMany, List<Rule> rules) {
        boolean counts = !ofMany;
        boolean code = false;
        for (String line : text.lines().toList()) {
            code ^= line.strip().startsWith("```");
            Matcher heading = HEADING.matcher(line);
            Matcher item = ITEM.matcher(line);
            if (code || line.isBlank() || line.strip().startsWith("```")) {
                continue;
            }
            if (heading.matches()) {
                counts = !ofMany || OF_RULES.matcher(heading.group(1)).matches();
            } else if (counts && (item.matches() || !ofMany)) {
                String rule = item.matches() ? item.group(1) : line;
                rules.add(Rule.of(
                        rule.strip().substring(0, Math.min(LONGEST, rule.strip().length())), ofMany));
            }
        }
    }

    private static String text(ExtensionContext context, String name) {
        try {
            Path file = context.workspace().resolve(name);
            if (!Files.isRegularFile(file)) {
                return "";
            }
            try (InputStream in = Files.newInputStream(file)) {
                return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
            }
        } catch (OutsideWorkspaceException | IOException e) {
            return ""; // a project without readable rules has none
        }
    }
}
