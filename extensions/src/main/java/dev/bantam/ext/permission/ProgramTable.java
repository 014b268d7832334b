package dev.bantam.ext.permission;

import dev.bantam.ext.text.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is known of programs: the lines of {@code programs.rules}, of which the first that matches counts. */
final class ProgramTable {
    /** What a program does with the places among its arguments. */
    enum Use {
        NONE,
        READS,
        WRITES,
        /** Reads all but the last. */
        COPIES
    }

    /** @param why completes the sentence "it …" */
    record Entry(Risk risk, Use use, WordPattern pattern, String why) {}

    private final Map<String, List<Entry>> byProgram = new HashMap<>();

    private ProgramTable() {}

    static ProgramTable load() {
        ProgramTable table = new ProgramTable();
        Template.of(ProgramTable.class, "programs.rules")
                .text()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(table::add);
        return table;
    }

    private void add(String line) {
        String[] ruleAndWhy = line.split(" -- ", 2);
        String[] words = ruleAndWhy[0].strip().split("\\s+", 3);
        Use use = switch (words[0]) {
            case "reads" -> Use.READS;
            case "writes" -> Use.WRITES;
            case "copies" -> Use.COPIES;
            default -> Use.NONE;
        };
        Risk risk = use == Use.NONE ? Risk.valueOf(words[0].toUpperCase(Locale.ROOT)) : Risk.HARMLESS;
        String why = ruleAndWhy.length == 2 ? ruleAndWhy[1].strip() : usual(risk);
        for (String name : words[1].split("\\|")) {
            WordPattern pattern = WordPattern.of(words.length == 3 ? words[2] : "*");
            byProgram.computeIfAbsent(name, key -> new ArrayList<>()).add(new Entry(risk, use, pattern, why));
        }
    }

    private static String usual(Risk risk) {
        return switch (risk) {
            case HARMLESS, BUILD -> "";
            case UNFAMILIAR -> "starts a program that nothing is known of";
            case OUTSIDE -> "changes files outside of the workspace";
            case SYSTEM -> "changes the machine and not the workspace";
            case NETWORK -> "uses the network";
            case PRIVATE -> "reads what others should not see";
            case UNSEEN -> "runs something that is not seen before it runs";
            case LOSS -> "throws work away";
            case SENDS -> "sends something to other machines";
            case RUIN -> "would destroy what cannot be brought back";
        };
    }

    boolean knows(String program) {
        return byProgram.containsKey(program) || byProgram.containsKey(family(program));
    }

    /** @param args without the program's name; {@link Finding#UNKNOWN} for those that only the run can tell */
    Optional<Entry> find(String program, List<String> args) {
        List<Entry> entries = byProgram.getOrDefault(program, byProgram.getOrDefault(family(program), List.of()));
        return entries.stream()
                .filter(entry -> entry.pattern().matches(args, entry.risk().compareTo(Risk.BUILD) > 0))
                .findFirst();
    }

    /** {@code python3.12} goes by {@code python}, {@code gcc-13} by {@code gcc}, {@code mkfs.ext4} by {@code mkfs}. */
    private static String family(String program) {
        return program.replaceFirst("[-.]?[0-9.]+$", "").replaceFirst("^mkfs\\..*", "mkfs");
    }
}
