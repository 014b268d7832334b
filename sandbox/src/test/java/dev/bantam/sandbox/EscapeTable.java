package dev.bantam.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one kind of sandbox holds, as a column of the README's table. */
record EscapeTable(String kind, Map<Attack, Boolean> held, Set<Attack> onlyOpenForRoot, Set<Attack> onlyHeldForRoot) {
    private static final String HOLDS = "holds";
    private static final String OPEN = "**open**";
    private static final String OPEN_FOR_ROOT = "**open** for root";
    private static final String OPEN_BUT_FOR_ROOT = "**open** but for root";

    /** The cells by what the attack is called. */
    Map<String, String> column() {
        Map<String, String> cells = new LinkedHashMap<>();
        held.forEach((attack, holds) -> cells.put(
                attack.words(),
                onlyOpenForRoot.contains(attack)
                        ? OPEN_FOR_ROOT
                        : onlyHeldForRoot.contains(attack) ? OPEN_BUT_FOR_ROOT : holds ? HOLDS : OPEN));
        return cells;
    }

    void write(Path folder) throws IOException {
        StringBuilder text = new StringBuilder("| A command can … | " + kind + " |\n|---|---|\n");
        column().forEach((attack, cell) ->
                text.append("| ").append(attack).append(" | ").append(cell).append(" |\n"));
        Files.writeString(folder.resolve("escapes-" + kind + ".md"), text);
    }

    /** The same column as a file of ours states it. */
    static Map<String, String> column(Path file, String kind) throws IOException {
        List<String[]> rows = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split("\\s*\\|\\s*"))
                .toList();
        String[] head = rows.stream()
                .filter(row -> row[1].equals("A command can …"))
                .findFirst()
                .orElseThrow(() -> new IOException("no table of attacks in " + file));
        int column = Arrays.asList(head).indexOf(kind);
        Map<String, String> cells = new LinkedHashMap<>();
        for (Attack attack : Attack.values()) {
            rows.stream()
                    .filter(row -> row[1].equals(attack.words()))
                    .forEach(row -> cells.put(attack.words(), column < 0 ? "no such column" : row[column]));
        }
        return cells;
    }
}
